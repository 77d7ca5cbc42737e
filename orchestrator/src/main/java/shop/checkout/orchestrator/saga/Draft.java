package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import shop.checkout.message.MessageKey;
import shop.checkout.orchestrator.saga.HistoryEntry.Cause;
import shop.checkout.orchestrator.saga.HistoryEntry.Change;
import shop.checkout.orchestrator.saga.Move.Outgoing;
import shop.checkout.orchestrator.saga.StepState.Awaited;

/** A move in the making; lives no longer than one call of {@link SagaMachine#on}. */
final class Draft<S> {

    private final SagaDefinition<S> definition;
    private final Saga<S> before;
    private final Instant now;
    private final Set<String> silent;

    private final Map<String, StepState> states = new LinkedHashMap<>();
    private final List<Outgoing> commands = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private S data;
    private Optional<Rejection> rejection;
    private Optional<Deadline> deadline;
    private Optional<String> message = Optional.empty();
    private Optional<String> reply = Optional.empty();

    Draft(SagaDefinition<S> definition, Saga<S> before, Instant now, Set<String> silent) {
        this.definition = definition;
        this.before = before;
        this.now = now;
        this.silent = silent;
        this.data = before.data();
        this.rejection = before.rejection();
        this.deadline = before.deadline();
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

    boolean isToSetOutAgain() {
        return rejection.map(Rejection::thenAgain).orElse(false);
    }

    boolean hasEnded() {
        return before.status().isFinal();
    }

    boolean isPastDeadline() {
        return !hasEnded()
                && before.deadlineAhead().filter(it -> !it.isAfter(now)).isPresent();
    }

    boolean isPastPivot() {
        return definition.steps().stream().anyMatch(step -> step.kind() == StepKind.PIVOT && hasBeenAsked(step));
    }

    private boolean hasBeenAsked(Step<S, ?> step) {
        return phase(step) != Phase.PENDING && phase(step) != Phase.HELD;
    }

    boolean awaits(Step<S, ?> step, MessageKey command) {
        return state(step).awaits(before.id(), command);
    }

    Phase phase(Step<S, ?> step) {
        return state(step).phase();
    }

    /** Whether it was done before it was to be undone, as far as anybody has said. */
    boolean isKnownToBeDone(Step<S, ?> step) {
        return state(step).heard();
    }

    boolean isOverdue(Step<S, ?> step) {
        return state(step).isOverdue();
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

    /** Whether it waits because its participant is known not to answer. */
    boolean isHeldBack(Step<S, ?> step) {
        return silent.contains(step.participant()) && (isRunning(step) || phase(step) == Phase.HELD);
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

    void setDeadline() {
        deadline = definition.deadline().map(it -> new Deadline(now.plus(it), false));
    }

    void missDeadline() {
        deadline = deadline.map(it -> new Deadline(it.at(), true));
    }

    /** From now on the saga goes back; the first reason stays. What has not been asked for never will be. */
    void reject(String reason) {
        rejection = rejection.or(() -> Optional.of(Rejection.of(reason)));
        definition.steps().stream()
                .filter(step -> phase(step) == Phase.HELD)
                .forEach(step -> settle(step, Phase.PENDING));
    }

    /** Once nothing is left, it sets out again, or it does not. */
    void thenAgain(boolean again) {
        rejection = rejection.map(it -> new Rejection(it.reason(), again));
    }

    void settle(Step<S, ?> step, Phase outcome) {
        put(state(step).settled(outcome), 0);
    }

    /** Sends whatever the saga's next stage, forward or back, has not been asked yet. */
    void advance() {
        if (isGoingBack()) {
            goBack();
        } else {
            goOn();
        }
    }

    private void goBack() {
        var stage = stageWhere(definition.stages().reversed(), Phase::mayHaveEffect);
        stage.stream()
                .filter(step -> phase(step) == Phase.DONE || phase(step) == Phase.RUNNING)
                .forEach(step -> send(step, Phase.UNDOING));
        if (stage.isEmpty() && rejection.orElseThrow().thenAgain()) {
            rejection = Optional.empty();
            setDeadline();
            List.copyOf(states.values()).forEach(it -> put(StepState.pending(it.name(), it.attempt() + 1), 0));
            goOn();
        }
    }

    private void goOn() {
        stageWhere(definition.stages(), Predicate.not(Phase::isPassed)).stream()
                .filter(step -> phase(step) == Phase.PENDING)
                .forEach(step -> {
                    if (silent.contains(step.participant())) {
                        hold(step);
                    } else {
                        send(step, Phase.RUNNING);
                    }
                });
    }

    /** Not asked yet; looked at again now and then, should nobody release it. */
    private void hold(Step<S, ?> step) {
        put(state(step).awaiting(Phase.HELD, new Awaited(0, now, nextLook(step), false)), 0);
    }

    /** Its participant is known not to answer: it is looked at later, and its budget does not run meanwhile. */
    void postpone(Step<S, ?> step) {
        var state = state(step);
        var awaited = state.awaited().orElseThrow();
        var dueAt = nextLook(step);
        var since = awaited.since().plus(Duration.between(awaited.dueAt(), dueAt));
        states.put(
                step.name(),
                state.awaiting(state.phase(), new Awaited(awaited.sends(), since, dueAt, awaited.overdue())));
    }

    private Instant nextLook(Step<S, ?> step) {
        return RetryPolicy.lookAgain(state(step).key(before.id(), Phase.HELD), now);
    }

    void undoByHand(Step<S, ?> step) {
        send(step, Phase.UNDOING_BY_HAND);
    }

    void sendAgain(Step<S, ?> step) {
        var awaited = state(step).awaited().orElseThrow();
        send(step, sentIn(step), awaited.sends() + 1, phase(step) == Phase.HELD ? now : awaited.since());
    }

    /** With a budget as at first. */
    void sendAnew(Step<S, ?> step) {
        send(step, sentIn(step), state(step).awaited().orElseThrow().sends() + 1, now);
    }

    private Phase sentIn(Step<S, ?> step) {
        return phase(step) == Phase.HELD ? Phase.RUNNING : phase(step);
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

        put(state(step).awaiting(phase, awaited), send);
        commands.add(new Outgoing(key, request.of(data), send));
    }

    private void put(StepState state, int send) {
        states.put(state.name(), state);
        changes.add(new Change(state.name(), state.phase(), state.attempt(), send));
    }

    // ---- what comes of it

    Move<S> changed(Cause cause) {
        var after = after(before.revision() + 1);
        return record(after).applied(cause, after.reason());
    }

    Move<S> changed(Cause cause, String note) {
        return record(after(before.revision() + 1)).applied(cause, Optional.of(note));
    }

    Move<S> unchanged(Cause cause, Verdict verdict, String why) {
        return record(after(before.revision() + 1)).notApplied(cause, verdict, why);
    }

    /** Nothing but when to look again may be another one. */
    Move<S> nothingDue() {
        return new Move<>(after(before.revision()), Verdict.NOTHING_DUE, List.of(), Optional.empty(), Optional.empty());
    }

    private Saga<S> after(long revision) {
        return new Saga<>(before.id(), data, List.copyOf(states.values()), rejection, deadline, revision);
    }

    private MoveRecord<S> record(Saga<S> after) {
        return new MoveRecord<>(definition, before, after, message, reply, changes, commands);
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
