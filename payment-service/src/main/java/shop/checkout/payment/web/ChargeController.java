package shop.checkout.payment.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.EnumSet;
import java.util.List;
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
import shop.checkout.payment.charge.ChargeQueries;
import shop.checkout.payment.charge.ChargeState;
import shop.checkout.payment.charge.ChargeStatus;
import shop.checkout.payment.charge.Movement;

/** What was charged, and what came of it. */
@RestController
@RequestMapping("/api/v1/charges")
class ChargeController {

    private final ChargeQueries queries;

    ChargeController(ChargeQueries queries) {
        this.queries = queries;
    }

    @GetMapping
    ChargePage page(
            @RequestParam(defaultValue = "50") @Min(1) @Max(ChargeQueries.MAX_PAGE) int limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<ChargeState> state) {
        var states = state.<Set<ChargeState>>map(EnumSet::of).orElseGet(() -> EnumSet.allOf(ChargeState.class));
        return ChargePage.read(queries, states, limit, cursor);
    }

    @GetMapping("/summary")
    ChargeQueries.Summary summary() {
        return queries.summary();
    }

    @GetMapping("/{orderId}")
    ChargeStatus one(@PathVariable UUID orderId) {
        return queries.charge(new OrderId(orderId)).orElseThrow(() -> unknown(orderId));
    }

    @GetMapping("/{orderId}/ledger")
    List<Movement> ledger(@PathVariable UUID orderId) {
        one(orderId);
        return queries.ledger(new OrderId(orderId));
    }

    private static ResponseStatusException unknown(UUID orderId) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "payment has never heard of order " + orderId);
    }
}
