package shop.checkout.orchestrator.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import shop.checkout.message.SagaId;

/**
 * One run of a saga, as far as it has got. Status, reason and the time to wake follow from its steps.
 *
 * @param rejection why it is being, or was, undone; empty on its way forward
 * @param revision how many entries its history has
 * @param <S> what it knows
 */
public record Saga<S>(SagaId id, S data, List<StepState> steps, Optional<String> rejection, long revision) {

    public Saga {
        steps = List.copyOf(steps);
    }

    public SagaStatus status() {
        if (rejection.isEmpty() && steps.stream().allMatch(step -> step.phase() == Phase.DONE)) {
            return SagaStatus.COMPLETED;
        }
        if (rejection.isPresent()
                && steps.stream().noneMatch(step -> step.phase().mayHaveEffect())) {
            return SagaStatus.REJECTED;
        }
        if (steps.stream().anyMatch(StepState::isOverdue)) {
            return SagaStatus.NEEDS_ATTENTION;
        }
        return rejection.isPresent() ? SagaStatus.COMPENSATING : SagaStatus.RUNNING;
    }

    /** For people: why it needs attention, else why it is being or was undone. */
    public Optional<String> reason() {
        return status() == SagaStatus.NEEDS_ATTENTION ? Optional.of(whatIsOverdue()) : rejection;
    }

    /** When time itself becomes news to this saga. */
    public Optional<Instant> wakeAt() {
        return steps.stream()
                .flatMap(step -> step.awaited().stream())
                .map(StepState.Awaited::dueAt)
                .min(Instant::compareTo);
    }

    public StepState step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("saga " + id + " has no step " + name));
    }

    private String whatIsOverdue() {
        return steps.stream()
                .filter(StepState::isOverdue)
                .map(step -> step.phase() == Phase.UNDOING
                        ? step.name() + " could not be undone in time and is still being retried"
                        : step.name() + " was not answered in time, cannot be given up and is still being retried")
                .collect(Collectors.joining("; "));
    }
}
