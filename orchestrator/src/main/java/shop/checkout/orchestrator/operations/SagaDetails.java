package shop.checkout.orchestrator.operations;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.SagaView;
import shop.checkout.orchestrator.saga.Deadline;
import shop.checkout.orchestrator.saga.Operation;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.Step;
import shop.checkout.orchestrator.saga.StepState;

/**
 * A saga of whatever kind in full, except what it knows about its customer. What there is not (yet) is null, never absent.
 *
 * @param saga its kind, such as {@code checkout v2}
 * @param reason why it needs attention, is being or was undone, or what holds it up
 * @param heldBy the participant that does not answer, so that it waits
 * @param nextLookAt when it will be looked at, at the latest
 * @param operations what a person may do about it now
 */
record SagaDetails(
        SagaId id,
        String saga,
        SagaStatus status,
        @Nullable String reason,
        @Nullable String heldBy,
        @Nullable Instant deadline,
        @Nullable Instant nextLookAt,
        List<StepDetails> steps,
        List<PossibleOperation> operations,
        Instant createdAt,
        Instant updatedAt,
        @JsonIgnore long revision) {

    /**
     * @param kind a {@link shop.checkout.orchestrator.saga.StepKind}
     * @param state a {@link shop.checkout.orchestrator.saga.Phase}
     * @param sends how often the message whose answer is awaited was sent; 0 when none is awaited
     * @param overdue whether a person has been called because of it
     */
    record StepDetails(
            String name,
            String kind,
            String participant,
            String state,
            int attempt,
            int sends,
            @Nullable Instant waitingSince,
            @Nullable Instant nextLookAt,
            boolean overdue) {}

    record PossibleOperation(String operation, @Nullable String step) {}

    static <S> SagaDetails of(SagaView<S> view) {
        var saga = view.saga();
        return new SagaDetails(
                saga.id(),
                view.definition().toString(),
                saga.status(),
                saga.reason().orElse(null),
                view.definition().heldBy(saga).orElse(null),
                saga.deadline().map(Deadline::at).orElse(null),
                saga.wakeAt().orElse(null),
                view.definition().steps().stream().map(step -> of(step, saga)).toList(),
                view.possible().stream().map(SagaDetails::of).toList(),
                view.createdAt(),
                view.updatedAt(),
                saga.revision());
    }

    String etag() {
        return "\"" + revision + "\"";
    }

    private static <S> StepDetails of(Step<S, ?> step, Saga<S> saga) {
        var state = saga.step(step.name());
        var awaited = state.awaited();
        return new StepDetails(
                step.name(),
                step.kind().name(),
                step.participant(),
                state.phase().name(),
                state.attempt(),
                awaited.map(StepState.Awaited::sends).orElse(0),
                awaited.map(StepState.Awaited::since).orElse(null),
                awaited.map(StepState.Awaited::dueAt).orElse(null),
                state.isOverdue());
    }

    private static PossibleOperation of(Operation operation) {
        return new PossibleOperation(operation.label(), operation.ofStep().orElse(null));
    }
}
