package shop.checkout.inventory.web;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.contract.OrderId;
import shop.checkout.inventory.stock.ReservationState;
import shop.checkout.inventory.stock.ReservationStatus;
import shop.checkout.inventory.stock.StockQueries;
import shop.checkout.web.Cursor;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;

/** What is set aside for whom. */
@RestController
@RequestMapping("/api/v1/reservations")
class ReservationController {

    private final StockQueries queries;

    ReservationController(StockQueries queries) {
        this.queries = queries;
    }

    /** The youngest orders first. */
    @GetMapping
    Page<ReservationStatus> page(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var request = PageRequest.parse(limit, cursor);
        var rows = request.after()
                .map(after -> queries.olderThan(new OrderId(after.uuid()), request.fetch()))
                .orElseGet(() -> queries.youngest(request.fetch()));
        return request.page(rows, row -> Cursor.of(row.orderId().value()), Function.identity());
    }

    @GetMapping("/summary")
    Map<ReservationState, Long> summary() {
        return queries.countByState();
    }

    @GetMapping("/{orderId}")
    ReservationStatus one(@PathVariable UUID orderId) {
        return queries.reservation(new OrderId(orderId))
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.NOT_FOUND,
                        "reservation-not-found",
                        "Inventory has never heard of order " + orderId + "."));
    }
}
