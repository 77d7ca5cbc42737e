package shop.checkout.payment.web;

import java.util.EnumSet;
import java.util.List;
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
import shop.checkout.payment.charge.ChargeQueries;
import shop.checkout.payment.charge.ChargeState;
import shop.checkout.payment.charge.ChargeStatus;
import shop.checkout.payment.charge.Movement;
import shop.checkout.web.Cursor;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;

/** What was charged, and what came of it. */
@RestController
@RequestMapping("/api/v1/charges")
class ChargeController {

    private final ChargeQueries queries;

    ChargeController(ChargeQueries queries) {
        this.queries = queries;
    }

    /** The youngest orders first. */
    @GetMapping
    Page<ChargeStatus> page(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam Optional<ChargeState> state) {
        var states = state.<Set<ChargeState>>map(EnumSet::of).orElseGet(() -> EnumSet.allOf(ChargeState.class));
        return page(queries, PageRequest.parse(limit, cursor), states);
    }

    static Page<ChargeStatus> page(ChargeQueries queries, PageRequest request, Set<ChargeState> states) {
        var rows = request.after()
                .map(after -> queries.olderThan(after.read(MessageKey::parse), states, request.fetch()))
                .orElseGet(() -> queries.youngest(states, request.fetch()));
        return request.page(rows, row -> new Cursor(row.key().toString()), Function.identity());
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

    private static ProblemException unknown(UUID orderId) {
        return ProblemException.of(
                HttpStatus.NOT_FOUND, "charge-not-found", "Payment has never heard of order " + orderId + ".");
    }
}
