package shop.checkout.orchestrator.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * One run of a saga, as far as it has got. Status, reason and the time to wake follow from the rest.
 *
 * @param rejection why it is being, or was, undone; empty on its way forward
 * @param deadline empty if its definition sets none, or it has not started
 * @param revision how many entries its history has
 * @param <S> what it knows
 */
public record Saga<S>(
        SagaId id,
        S data,
        List<StepState> steps,
        Optional<Rejection> rejection,
        Optional<Deadline> deadline,
        long revision) {

    public Saga {
        steps = List.copyOf(steps);
    }

    public SagaStatus status() {
        if (rejection.isEmpty() && steps.stream().allMatch(step -> step.phase().isPassed())) {
            return SagaStatus.COMPLETED;
        }
        if (rejection.isPresent()
                && steps.stream().noneMatch(step -> step.phase().mayHaveEffect())) {
            return SagaStatus.REJECTED;
        }
        if (hasMissedItsDeadline() || steps.stream().anyMatch(StepState::isOverdue)) {
            return SagaStatus.NEEDS_ATTENTION;
        }
        return rejection.isPresent() ? SagaStatus.COMPENSATING : SagaStatus.RUNNING;
    }

    /** For people: why it needs attention, else why it is being or was undone, else what holds it up. */
    public Optional<String> reason() {
        return status() == SagaStatus.NEEDS_ATTENTION
                ? Optional.of(whatIsOverdue())
                : rejection.map(Rejection::reason).or(this::whatIsHeld);
    }

    /** When time itself becomes news to this saga. */
    public Optional<Instant> wakeAt() {
        if (status().isFinal()) {
            return Optional.empty();
        }
        var steps = this.steps.stream().flatMap(step -> step.awaited().stream()).map(StepState.Awaited::dueAt);
        return Stream.concat(steps, deadlineAhead().stream()).min(Instant::compareTo);
    }

    public StepState step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("saga " + id + " has no step " + name));
    }

    /** Whether a reply to this message would count for the step. */
    public boolean awaits(String step, MessageKey command) {
        return step(step).awaits(id, command);
    }

    /** Whether the step has been asked and not been answered in time. */
    public boolean waitsInVain(String step, Instant now) {
        return step(step).phase().isAwaiting() && step(step).isDue(now);
    }

    /** By when it is to have ended, if that still matters. */
    Optional<Instant> deadlineAhead() {
        return deadline.filter(it -> rejection.isEmpty() && !it.missed()).map(Deadline::at);
    }

    private boolean hasMissedItsDeadline() {
        return rejection.isEmpty() && deadline.map(Deadline::missed).orElse(false);
    }

    private Optional<String> whatIsHeld() {
        return steps.stream()
                .filter(step -> step.phase() == Phase.HELD)
                .findFirst()
                .map(step -> step.name() + " is held back until its participant answers again");
    }

    private String whatIsOverdue() {
        var overdue = steps.stream()
                .filter(StepState::isOverdue)
                .map(step -> step.name()
                        + (step.phase() == Phase.RUNNING
                                ? " was not answered in time, cannot be given up and is still being retried"
                                : " could not be undone in time and is still being retried"));
        var missed = Stream.of("it has missed its deadline and cannot turn back any more")
                .filter(_ -> hasMissedItsDeadline());
        return Stream.concat(overdue, missed).collect(Collectors.joining("; "));
    }
}
