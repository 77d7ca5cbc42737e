package shop.checkout.orchestrator.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
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
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.SagaEngine;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;
import shop.checkout.web.RequestTrace;
import shop.checkout.web.StrictJson;

/** The checkouts of the shop. */
@RestController
@RequestMapping(path = CheckoutController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class CheckoutController {

    static final String PATH = "/api/v1/checkouts";

    private final CheckoutStarter starter;
    private final Checkouts checkouts;
    private final CheckoutCounts counts;
    private final HeldAnswers<CheckoutView> answers;
    private final SagaEngine engine;

    CheckoutController(
            CheckoutStarter starter,
            Checkouts checkouts,
            CheckoutCounts counts,
            SagaWatch<CheckoutView> watch,
            SagaEngine engine) {
        this.starter = starter;
        this.checkouts = checkouts;
        this.counts = counts;
        this.answers = new HeldAnswers<>(watch, this::find);
        this.engine = engine;
    }

    /** 202 as soon as the checkout is durable; 200 if the client waits and it ends meanwhile. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckoutView> start(HttpServletRequest http) throws IOException {
        var key = IdempotencyKey.parse(headers(http, IdempotencyKey.HEADER));
        var request = StrictJson.read(http, CheckoutRequest::read);
        var wait = WaitPreference.ofHeaders(headers(http, WaitPreference.HEADER));

        var started = starter.start(key, request, RequestTrace.of(http));
        return answers.started(started, wait, URI.create(PATH + "/" + started.id()));
    }

    /** With {@code wait}: not before it has ended or, if the client knows an ETag, before it is another one. */
    @GetMapping("/{id}")
    ResponseEntity<CheckoutView> show(
            @PathVariable String id, @RequestParam @Nullable String wait, HttpServletRequest http) {
        var known = headers(http, HttpHeaders.IF_NONE_MATCH);
        var asked = WaitPreference.ofParameter(wait);
        return answers.shown(find(SagaIds.parse(id)), asked, known);
    }

    @GetMapping
    Page<CheckoutView> list(
            @RequestParam @Nullable String status,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        return checkouts.list(filter(status), PageRequest.parse(limit, cursor));
    }

    @GetMapping("/summary")
    CheckoutCounts.Counts summary() {
        return counts.now();
    }

    /** 202 when it is being undone; 409 when there is no way back. */
    @PostMapping("/{id}/cancel")
    ResponseEntity<CheckoutView> cancel(@PathVariable String id) {
        var saga = find(SagaIds.parse(id)).id(); // no other saga is cancelled by this address
        return switch (engine.cancel(saga, "cancelled by the customer")) {
            case ACCEPTED -> {
                var view = find(saga);
                yield ResponseEntity.accepted().eTag(view.etag()).body(view);
            }
            case TOO_LATE ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT, "too-late-to-cancel", "Checkout " + saga + " cannot be undone any more.");
            case UNKNOWN -> throw Checkouts.unknown(saga);
        };
    }

    private CheckoutView find(SagaId id) {
        return checkouts.find(id).orElseThrow(() -> Checkouts.unknown(id));
    }

    private static Checkouts.Filter filter(@Nullable String status) {
        if (status == null) {
            return Checkouts.Filter.ALL;
        }
        return Arrays.stream(Checkouts.Filter.values())
                .filter(it -> it.name().equals(status.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-status",
                        "The status must be one of " + List.of(Checkouts.Filter.values()) + "."));
    }

    private static List<String> headers(HttpServletRequest http, String name) {
        return Collections.list(http.getHeaders(name));
    }
}
