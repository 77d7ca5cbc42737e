package shop.checkout.orchestrator.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import shop.checkout.message.MessageKey;
import shop.checkout.orchestrator.saga.HistoryEntry.Cause;
import shop.checkout.orchestrator.saga.HistoryEntry.Change;
import shop.checkout.orchestrator.saga.Move.Announced;
import shop.checkout.orchestrator.saga.Move.Outgoing;
import shop.checkout.orchestrator.saga.StepState.Awaited;

/** A move in the making; lives no longer than one call of {@link SagaMachine#on}. */
final class Draft<S> {

    private final SagaDefinition<S> definition;
    private final Saga<S> before;
    private final Instant now;

    private final Map<String, StepState> states = new LinkedHashMap<>();
    private final List<Outgoing> commands = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private S data;
    private Optional<String> rejection;
    private Optional<String> message = Optional.empty();
    private Optional<String> reply = Optional.empty();

    Draft(SagaDefinition<S> definition, Saga<S> before, Instant now) {
        this.definition = definition;
        this.before = before;
        this.now = now;
        this.data = before.data();
        this.rejection = before.rejection();
        before.steps().forEach(state -> states.put(state.name(), state));
    }

    // ---- what is so

    S data() {
        return data;
    }

    boolean isNew() {
        return before.revision() == 0;
    }

    boolean isGoingBack() {
        return rejection.isPresent();
    }

    boolean isCompleted() {
        return before.status() == SagaStatus.COMPLETED;
    }

    boolean isPastPivot() {
        return definition.steps().stream()
                .anyMatch(step -> step.kind() == StepKind.PIVOT && state(step).phase() != Phase.PENDING);
    }

    boolean awaits(Step<S, ?> step, MessageKey command) {
        return state(step).awaitedKey(before.id()).equals(Optional.of(command));
    }

    boolean isRunning(Step<S, ?> step) {
        return state(step).phase() == Phase.RUNNING;
    }

    Request<S, ?> awaitedRequest(Step<S, ?> step) {
        return isRunning(step) ? step.request() : step.undo().orElseThrow();
    }

    boolean isDue(Step<S, ?> step) {
        return state(step).isDue(now);
    }

    /** Whether its outcome is to be taken as unknown for good, which only what can be undone may be. */
    boolean isGivenUp(Step<S, ?> step) {
        return step.kind() == StepKind.COMPENSATABLE
                && isRunning(step)
                && step.retry().isSpent(state(step).awaited().orElseThrow().since(), now);
    }

    // ---- what is done

    void reply(String ofMessage, Object body) {
        message = Optional.of(ofMessage);
        reply = Request.wireName(body.getClass());
    }

    void learn(S newData) {
        data = newData;
    }

    /** From now on the saga goes back; the first reason stays. */
    void reject(String reason) {
        rejection = rejection.or(() -> Optional.of(reason));
    }

    void settle(Step<S, ?> step, Phase outcome) {
        states.put(step.name(), state(step).settled(outcome));
        changes.add(new Change(step.name(), outcome, 0));
    }

    /** Sends whatever the saga's next stage, forward or back, has not been asked yet. */
    void advance() {
        if (isGoingBack()) {
            stageWhere(definition.stages().reversed(), phase -> phase.mayHaveEffect()).stream()
                    .filter(step ->
                            state(step).phase().mayHaveEffect() && state(step).phase() != Phase.UNDOING)
                    .forEach(step -> send(step, Phase.UNDOING));
        } else {
            stageWhere(definition.stages(), phase -> phase != Phase.DONE).stream()
                    .filter(step -> state(step).phase() == Phase.PENDING)
                    .forEach(step -> send(step, Phase.RUNNING));
        }
    }

    void sendAgain(Step<S, ?> step) {
        var awaited = state(step).awaited().orElseThrow();
        send(step, state(step).phase(), awaited.sends() + 1, awaited.since());
    }

    private void send(Step<S, ?> step, Phase phase) {
        send(step, phase, 1, now);
    }

    private void send(Step<S, ?> step, Phase phase, int send, Instant since) {
        boolean forward = phase == Phase.RUNNING;
        Request<S, ?> request = forward ? step.request() : step.undo().orElseThrow();
        var policy = forward ? step.retry() : step.undoRetry();
        var key = state(step).key(before.id(), phase);
        var awaited =
                new Awaited(send, since, policy.dueAt(key, send, now, since), send > 1 && policy.isSpent(since, now));

        states.put(step.name(), state(step).awaiting(phase, awaited));
        commands.add(new Outgoing(key, request.of(data), send));
        changes.add(new Change(step.name(), phase, send));
    }

    // ---- what comes of it

    Move<S> changed(Cause cause) {
        var after = after();
        var event = milestone(after)
                .flatMap(it -> definition.announcement().of(data, it))
                .map(it -> new Announced(new MessageKey(after.id(), "event/" + after.revision()), it));
        return move(after, Verdict.APPLIED, event, entry(cause, Verdict.APPLIED, after, after.reason()));
    }

    Move<S> unchanged(Cause cause, Verdict verdict, String why) {
        var after = after();
        return move(after, verdict, Optional.empty(), entry(cause, verdict, after, Optional.of(why)));
    }

    Move<S> nothingDue() {
        return new Move<>(before, Verdict.NOTHING_DUE, List.of(), Optional.empty(), Optional.empty());
    }

    private Move<S> move(Saga<S> after, Verdict verdict, Optional<Announced> event, HistoryEntry entry) {
        return new Move<>(after, verdict, commands, event, Optional.of(entry));
    }

    private Saga<S> after() {
        return new Saga<>(before.id(), data, List.copyOf(states.values()), rejection, before.revision() + 1);
    }

    private HistoryEntry entry(Cause cause, Verdict verdict, Saga<S> after, Optional<String> note) {
        return new HistoryEntry(after.revision(), cause, verdict, message, reply, after.status(), note, changes);
    }

    private Optional<Milestone> milestone(Saga<S> after) {
        if (isNew()) {
            return Optional.of(new Milestone.Started());
        }
        if (after.status() == before.status()) {
            return Optional.empty();
        }
        return switch (after.status()) {
            case COMPLETED -> Optional.of(new Milestone.Completed());
            case REJECTED -> Optional.of(new Milestone.Rejected(rejection.orElseThrow()));
            case NEEDS_ATTENTION ->
                Optional.of(new Milestone.NeedsAttention(after.reason().orElseThrow()));
            case RUNNING, COMPENSATING -> Optional.empty();
        };
    }

    private List<Step<S, ?>> stageWhere(List<Stage<S>> stages, Predicate<Phase> anyStepIs) {
        return stages.stream()
                .map(Stage::steps)
                .filter(steps -> steps.stream()
                        .anyMatch(step -> anyStepIs.test(state(step).phase())))
                .findFirst()
                .orElse(List.of());
    }

    private StepState state(Step<S, ?> step) {
        var state = states.get(step.name());
        if (state == null) {
            throw new IllegalStateException(
                    "saga " + before.id() + " of " + definition + " has no step " + step.name());
        }
        return state;
    }
}
