package shop.checkout.inventory.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import shop.checkout.contract.OrderId;
import shop.checkout.inventory.stock.ReservationState;
import shop.checkout.inventory.stock.ReservationStatus;
import shop.checkout.inventory.stock.StockQueries;

/** What is set aside for whom. */
@RestController
@RequestMapping("/api/v1/reservations")
class ReservationController {

    /** @param nextCursor where the next page begins; none on the last page */
    record Page(List<ReservationStatus> items, Optional<OrderId> nextCursor) {}

    private final StockQueries queries;

    ReservationController(StockQueries queries) {
        this.queries = queries;
    }

    @GetMapping
    Page page(
            @RequestParam(defaultValue = "50") @Min(1) @Max(StockQueries.MAX_PAGE) int limit,
            @RequestParam Optional<UUID> cursor) {
        var items = cursor.map(before -> queries.olderThan(new OrderId(before), limit))
                .orElseGet(() -> queries.youngest(limit));
        Optional<OrderId> next = items.size() < limit
                ? Optional.empty()
                : Optional.of(items.getLast().orderId());
        return new Page(items, next);
    }

    @GetMapping("/summary")
    Map<ReservationState, Long> summary() {
        return queries.countByState();
    }

    @GetMapping("/{orderId}")
    ReservationStatus one(@PathVariable UUID orderId) {
        return queries.reservation(new OrderId(orderId))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "inventory has never heard of order " + orderId));
    }
}
