package shop.checkout.payment.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import shop.checkout.payment.charge.ChargeQueries;
import shop.checkout.payment.charge.ChargeStatus;

/** What was given back, or is about to be. */
@RestController
@RequestMapping("/api/v1/refunds")
class RefundController {

    private final ChargeQueries queries;

    RefundController(ChargeQueries queries) {
        this.queries = queries;
    }

    @GetMapping
    ChargePage page(
            @RequestParam(defaultValue = "50") @Min(1) @Max(ChargeQueries.MAX_PAGE) int limit,
            @RequestParam Optional<String> cursor) {
        return ChargePage.read(queries, ChargeQueries.REFUNDS, limit, cursor);
    }

    @GetMapping("/{orderId}")
    ChargeStatus one(@PathVariable UUID orderId) {
        return queries.refund(new OrderId(orderId))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "no money of order " + orderId + " was or is being given back"));
    }
}
