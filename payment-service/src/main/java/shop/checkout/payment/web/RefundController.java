package shop.checkout.payment.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.contract.OrderId;
import shop.checkout.payment.charge.ChargeQueries;
import shop.checkout.payment.charge.ChargeStatus;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;

/** What was given back, or is about to be. */
@RestController
@RequestMapping("/api/v1/refunds")
class RefundController {

    private final ChargeQueries queries;

    RefundController(ChargeQueries queries) {
        this.queries = queries;
    }

    /** The youngest orders first. */
    @GetMapping
    Page<ChargeStatus> page(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return ChargeController.page(queries, PageRequest.parse(limit, cursor), ChargeQueries.REFUNDS);
    }

    @GetMapping("/{orderId}")
    ChargeStatus one(@PathVariable UUID orderId) {
        return queries.refund(new OrderId(orderId))
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.NOT_FOUND,
                        "refund-not-found",
                        "No money of order " + orderId + " was or is being given back."));
    }
}
