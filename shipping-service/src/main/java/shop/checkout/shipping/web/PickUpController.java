package shop.checkout.shipping.web;

import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.pickup.PickUpQueries;
import shop.checkout.shipping.pickup.PickUpStatus;
import shop.checkout.web.Cursor;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;

/** What the carrier fetches from customers, or not. */
@RestController
@RequestMapping("/api/v1/pick-ups")
class PickUpController {

    private final PickUpQueries queries;

    PickUpController(PickUpQueries queries) {
        this.queries = queries;
    }

    /** The youngest returns first. */
    @GetMapping
    Page<PickUpStatus> page(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var request = PageRequest.parse(limit, cursor);
        var rows = request.after()
                .map(after -> queries.olderThan(after.read(MessageKey::parse), request.fetch()))
                .orElseGet(() -> queries.youngest(request.fetch()));
        return request.page(rows, row -> new Cursor(row.key().toString()), Function.identity());
    }

    @GetMapping("/{returnId}")
    PickUpStatus one(@PathVariable UUID returnId) {
        return queries.pickUp(new ReturnId(returnId))
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.NOT_FOUND,
                        "pick-up-not-found",
                        "Shipping has never heard of return " + returnId + "."));
    }
}
