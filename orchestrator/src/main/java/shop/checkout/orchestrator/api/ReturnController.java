package shop.checkout.orchestrator.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.contract.OrderId;
import shop.checkout.message.SagaId;
import shop.checkout.web.ProblemException;
import shop.checkout.web.RequestTrace;
import shop.checkout.web.StrictJson;

/**
 * Returns of completed checkouts. A checkout is returned as a whole, all its lines and all its money: there is no return of
 * a part. While one is open, and once one is completed, there is no other; after one was rejected there may be the next.
 */
@RestController
@RequestMapping(path = ReturnController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class ReturnController {

    static final String PATH = CheckoutController.PATH + "/{checkoutId}/returns";

    private final ReturnStarter starter;
    private final Returns returns;
    private final Checkouts checkouts;
    private final HeldAnswers<ReturnView> answers;

    /** The returns of a checkout. */
    record All(List<ReturnView> items) {}

    ReturnController(ReturnStarter starter, Returns returns, Checkouts checkouts, SagaWatch<ReturnView> watch) {
        this.starter = starter;
        this.returns = returns;
        this.checkouts = checkouts;
        this.answers = new HeldAnswers<>(watch, this::find);
    }

    /**
     * 202 as soon as the return is durable, 200 if the client waits and it ends meanwhile; 404 for an unknown checkout, 409
     * when it is not completed ({@code not-returnable}) or has a return that is open or completed ({@code already-returned}).
     */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReturnView> start(@PathVariable String checkoutId, HttpServletRequest http) throws IOException {
        var checkout = SagaIds.parse(checkoutId);
        var key = IdempotencyKey.parse(headers(http, IdempotencyKey.HEADER));
        var request = StrictJson.read(http, ReturnRequest::read);
        var wait = WaitPreference.ofHeaders(headers(http, WaitPreference.HEADER));

        var started = starter.start(checkout, key, request, RequestTrace.of(http));
        var location = CheckoutController.PATH + "/" + checkout + "/returns/" + started.id();
        return answers.started(started, wait, URI.create(location));
    }

    /** With {@code wait}: not before it has ended or, if the client knows an ETag, before it is another one. */
    @GetMapping("/{id}")
    ResponseEntity<ReturnView> show(
            @PathVariable String checkoutId,
            @PathVariable String id,
            @RequestParam @Nullable String wait,
            HttpServletRequest http) {
        var known = headers(http, HttpHeaders.IF_NONE_MATCH);
        var asked = WaitPreference.ofParameter(wait);
        return answers.shown(find(SagaIds.parse(checkoutId), SagaIds.parse(id)), asked, known);
    }

    /** All of them, newest first: they are few. */
    @GetMapping
    All list(@PathVariable String checkoutId) {
        var checkout = SagaIds.parse(checkoutId);
        if (checkouts.find(checkout).isEmpty()) {
            throw Checkouts.unknown(checkout);
        }
        return new All(returns.of(OrderId.of(checkout)));
    }

    private ReturnView find(SagaId checkout, SagaId id) {
        return returns.find(id)
                .filter(view -> view.checkoutId().equals(OrderId.of(checkout)))
                .orElseThrow(() -> unknown(id));
    }

    private ReturnView find(SagaId id) {
        return returns.find(id).orElseThrow(() -> unknown(id));
    }

    private static ProblemException unknown(SagaId id) {
        return ProblemException.of(
                HttpStatus.NOT_FOUND, "unknown-return", "There is no return " + id + " of this checkout.");
    }

    private static List<String> headers(HttpServletRequest http, String name) {
        return Collections.list(http.getHeaders(name));
    }
}
