package shop.checkout.orchestrator.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
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
import shop.checkout.web.StrictJson;

/** The checkouts of the shop. */
@RestController
@RequestMapping(path = CheckoutController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class CheckoutController {

    static final String PATH = "/api/v1/checkouts";

    private final CheckoutStarter starter;
    private final Checkouts checkouts;
    private final CheckoutCounts counts;
    private final SagaWatch watch;
    private final SagaEngine engine;

    CheckoutController(
            CheckoutStarter starter, Checkouts checkouts, CheckoutCounts counts, SagaWatch watch, SagaEngine engine) {
        this.starter = starter;
        this.checkouts = checkouts;
        this.counts = counts;
        this.watch = watch;
        this.engine = engine;
    }

    /** 202 as soon as the checkout is durable; 200 if the client waits and it ends meanwhile. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckoutView> start(HttpServletRequest http) throws IOException {
        var key = IdempotencyKey.parse(headers(http, IdempotencyKey.HEADER));
        var request = StrictJson.read(http, CheckoutRequest::read);
        var wait = WaitPreference.ofHeaders(headers(http, WaitPreference.HEADER));

        var started = starter.start(key, request);
        var view = wait.map(it -> waitFor(started, it, CheckoutController::hasEnded))
                .orElse(started);
        var answer = ResponseEntity.status(
                        wait.isPresent() && view.status().isFinal() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create(PATH + "/" + view.id()))
                .eTag(view.etag())
                .cacheControl(CacheControl.noStore());
        wait.ifPresent(it -> answer.header(WaitPreference.APPLIED_HEADER, it.applied()));
        return answer.body(view);
    }

    /** With {@code wait}: not before it has ended or, if the client knows an ETag, before it is another one. */
    @GetMapping("/{id}")
    ResponseEntity<CheckoutView> show(
            @PathVariable String id, @RequestParam @Nullable String wait, HttpServletRequest http) {
        var known = headers(http, HttpHeaders.IF_NONE_MATCH);
        var asked = WaitPreference.ofParameter(wait);
        var found = find(SagaIds.parse(id));
        var view = asked.map(it -> waitFor(found, it, isNewsTo(known, found))).orElse(found);
        return ResponseEntity.ok()
                .eTag(view.etag())
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(view);
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
        var saga = SagaIds.parse(id);
        return switch (engine.cancel(saga, "cancelled by the customer")) {
            case ACCEPTED -> {
                var view = find(saga);
                yield ResponseEntity.accepted().eTag(view.etag()).body(view);
            }
            case TOO_LATE ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT, "too-late-to-cancel", "Checkout " + saga + " cannot be undone any more.");
            case UNKNOWN -> throw unknown(saga);
        };
    }

    private CheckoutView waitFor(CheckoutView view, WaitPreference wait, Predicate<SagaWatch.Standing> until) {
        var standing = new SagaWatch.Standing(view.id(), view.status(), view.revision());
        if (view.status().isFinal() || until.test(standing)) {
            return view;
        }
        return watch.await(view.id(), until, wait.duration()).orElseGet(() -> find(view.id()));
    }

    private static boolean hasEnded(SagaWatch.Standing standing) {
        return standing.status().isFinal();
    }

    private static Predicate<SagaWatch.Standing> isNewsTo(List<String> knownTags, CheckoutView found) {
        boolean known = knownTags.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(found.etag()::equals);
        return known
                ? standing -> standing.revision() != found.revision()
                : knownTags.isEmpty() ? CheckoutController::hasEnded : standing -> true;
    }

    private CheckoutView find(SagaId id) {
        return checkouts.find(id).orElseThrow(() -> unknown(id));
    }

    private static ProblemException unknown(SagaId id) {
        return ProblemException.of(HttpStatus.NOT_FOUND, "unknown-checkout", "There is no checkout " + id + ".");
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
