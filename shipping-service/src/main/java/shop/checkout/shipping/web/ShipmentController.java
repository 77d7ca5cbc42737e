package shop.checkout.shipping.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import shop.checkout.contract.OrderId;
import shop.checkout.shipping.shipment.ShipmentQueries;
import shop.checkout.shipping.shipment.ShipmentState;
import shop.checkout.shipping.shipment.ShipmentStatus;

/** What was handed to the carrier, and what came of it. */
@RestController
@RequestMapping("/api/v1/shipments")
class ShipmentController {

    private final ShipmentQueries queries;

    ShipmentController(ShipmentQueries queries) {
        this.queries = queries;
    }

    @GetMapping
    ShipmentPage page(
            @RequestParam(defaultValue = "50") @Min(1) @Max(ShipmentQueries.MAX_PAGE) int limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<ShipmentState> state) {
        var states = state.<Set<ShipmentState>>map(EnumSet::of).orElseGet(() -> EnumSet.allOf(ShipmentState.class));
        return ShipmentPage.read(queries, states, limit, cursor);
    }

    @GetMapping("/summary")
    Map<ShipmentState, Long> summary() {
        return queries.countByState();
    }

    @GetMapping("/{orderId}")
    ShipmentStatus one(@PathVariable UUID orderId) {
        return queries.shipment(new OrderId(orderId))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "shipping has never heard of order " + orderId));
    }
}
