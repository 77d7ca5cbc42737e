package shop.checkout.shipping.web;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.shipment.ShipmentQueries;
import shop.checkout.shipping.shipment.ShipmentState;
import shop.checkout.shipping.shipment.ShipmentStatus;
import shop.checkout.web.Cursor;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;

/** What was handed to the carrier, and what came of it. */
@RestController
@RequestMapping("/api/v1/shipments")
class ShipmentController {

    private final ShipmentQueries queries;

    ShipmentController(ShipmentQueries queries) {
        this.queries = queries;
    }

    /** The youngest orders first. */
    @GetMapping
    Page<ShipmentStatus> page(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam Optional<ShipmentState> state) {
        var states = state.<Set<ShipmentState>>map(EnumSet::of).orElseGet(() -> EnumSet.allOf(ShipmentState.class));
        var request = PageRequest.parse(limit, cursor);
        var rows = request.after()
                .map(after -> queries.olderThan(after.read(MessageKey::parse), states, request.fetch()))
                .orElseGet(() -> queries.youngest(states, request.fetch()));
        return request.page(rows, row -> new Cursor(row.key().toString()), Function.identity());
    }

    @GetMapping("/summary")
    Map<ShipmentState, Long> summary() {
        return queries.countByState();
    }

    @GetMapping("/{orderId}")
    ShipmentStatus one(@PathVariable UUID orderId) {
        return queries.shipment(new OrderId(orderId))
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.NOT_FOUND,
                        "shipment-not-found",
                        "Shipping has never heard of order " + orderId + "."));
    }
}
