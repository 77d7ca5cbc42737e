package shop.checkout.orchestrator.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
import shop.checkout.orchestrator.api.SagaIds;
import shop.checkout.orchestrator.engine.OperatorOutcome;
import shop.checkout.orchestrator.engine.OperatorRequest;
import shop.checkout.orchestrator.engine.SagaEngine;
import shop.checkout.orchestrator.engine.SagaOperator;
import shop.checkout.orchestrator.engine.SagaView;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;
import shop.checkout.web.StrictJson;

/** Sagas of every kind, for those who run the shop. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class SagaController {

    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9]{1,18})\"");

    private final SagaEngine engine;
    private final SagaOperator operator;
    private final Timeline timeline;
    private final AuditTrail audit;

    SagaController(SagaEngine engine, SagaOperator operator, Timeline timeline, AuditTrail audit) {
        this.engine = engine;
        this.operator = operator;
        this.timeline = timeline;
        this.audit = audit;
    }

    @GetMapping("/sagas/{id}")
    ResponseEntity<SagaDetails> show(@PathVariable String id) {
        return answer(SagaIds.parse(id));
    }

    /** All that has happened to it, what did not count included. */
    @GetMapping("/sagas/{id}/history")
    List<Timeline.Entry> history(@PathVariable String id) {
        var saga = SagaIds.parse(id);
        var entries = timeline.of(saga);
        if (entries.isEmpty()) {
            throw unknown(saga);
        }
        return entries;
    }

    /** Steps in. The saga must stand as the person saw it: {@code If-Match} takes the ETag of {@link #show}. */
    @PostMapping(path = "/sagas/{id}/operations", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SagaDetails> operate(@PathVariable String id, HttpServletRequest http) throws IOException {
        var saga = SagaIds.parse(id);
        long revision = seenRevision(http.getHeader(HttpHeaders.IF_MATCH));
        var body = StrictJson.read(http, OperationBody::read);
        var operation = body.operation().orElseThrow();
        return switch (operator.operate(
                new OperatorRequest(saga, revision, operation, body.operator(), body.reason()))) {
            case OperatorOutcome.Applied _ -> answer(saga);
            case OperatorOutcome.Refused(var why) ->
                throw ProblemException.of(HttpStatus.CONFLICT, "not-possible", "Saga " + saga + ": " + why + ".");
            case OperatorOutcome.Outdated _ ->
                throw ProblemException.of(
                        HttpStatus.PRECONDITION_FAILED,
                        "saga-has-moved",
                        "Saga " + saga + " has moved since you saw it. Look again before you decide.");
            case OperatorOutcome.Unknown _ -> throw unknown(saga);
        };
    }

    @GetMapping("/audit")
    Page<AuditTrail.Entry> audit(
            @RequestParam @Nullable String saga,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        return audit.list(Optional.ofNullable(saga).map(SagaIds::parse), PageRequest.parse(limit, cursor));
    }

    private ResponseEntity<SagaDetails> answer(SagaId saga) {
        var details = engine.find(saga).map(SagaController::details).orElseThrow(() -> unknown(saga));
        return ResponseEntity.ok()
                .eTag(details.etag())
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(details);
    }

    private static SagaDetails details(SagaView<?> view) {
        return SagaDetails.of(view);
    }

    private static long seenRevision(@Nullable String header) {
        if (header == null) {
            throw ProblemException.of(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "if-match-required",
                    "Send the ETag of the saga as you saw it as If-Match, so that you do not act on what is no longer so.");
        }
        var etag = ETAG.matcher(header.strip());
        if (!etag.matches()) {
            throw ProblemException.of(
                    HttpStatus.BAD_REQUEST,
                    "invalid-if-match",
                    "If-Match must be one ETag of this saga, as it was answered.");
        }
        return Long.parseLong(etag.group(1));
    }

    private static ProblemException unknown(SagaId saga) {
        return ProblemException.of(HttpStatus.NOT_FOUND, "unknown-saga", "There is no saga " + saga + ".");
    }
}
