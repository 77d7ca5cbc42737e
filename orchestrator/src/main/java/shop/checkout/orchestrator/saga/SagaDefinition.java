package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import shop.checkout.message.SagaId;

/**
 * What a kind of saga does, in stages. A saga is stored with the name and version of its definition and finishes on it, so
 * a released definition is never changed: a new version is put beside it.
 *
 * @param dataType what a saga of this kind knows: a record that can be stored as JSON
 * @param deadline within what time it is to end: before its pivot it is undone then, after it a person is called
 * @param <S> the same
 */
public record SagaDefinition<S>(
        String name,
        int version,
        Class<S> dataType,
        List<Stage<S>> stages,
        Announcement<S> announcement,
        Optional<Duration> deadline) {

    /** @throws IllegalArgumentException when the definition cannot work; the text names each fault and its remedy */
    public SagaDefinition {
        stages = List.copyOf(stages);
        var faults = new SagaLinter<>(name, version, dataType, stages, deadline).faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** Without a deadline for the whole. */
    public SagaDefinition(
            String name, int version, Class<S> dataType, List<Stage<S>> stages, Announcement<S> announcement) {
        this(name, version, dataType, stages, announcement, Optional.empty());
    }

    /** The same with a deadline for the whole. */
    public SagaDefinition<S> within(Duration newDeadline) {
        return new SagaDefinition<>(name, version, dataType, stages, announcement, Optional.of(newDeadline));
    }

    /** All steps, in the order of their stages. */
    public List<Step<S, ?>> steps() {
        return stages.stream().flatMap(stage -> stage.steps().stream()).toList();
    }

    Optional<Step<S, ?>> find(String step) {
        return steps().stream().filter(it -> it.name().equals(step)).findFirst();
    }

    /** Every type of message that a saga of this kind may send or be sent. */
    public List<Class<?>> messageTypes() {
        return steps().stream().flatMap(SagaLinter::messageTypes).toList();
    }

    /** A saga of this kind before anything has happened to it. */
    public Saga<S> born(SagaId id, S data) {
        var steps =
                steps().stream().map(step -> StepState.pending(step.name(), 1)).toList();
        return new Saga<>(id, data, steps, Optional.empty(), Optional.empty(), 0);
    }

    /** The participants of the steps of which something is true. */
    public List<String> participants(Predicate<String> ofStep) {
        return steps().stream()
                .filter(step -> ofStep.test(step.name()))
                .map(Step::participant)
                .toList();
    }

    /** Which participant holds this saga up by not answering, so that it is not asked. */
    public Optional<String> heldBy(Saga<S> saga) {
        return steps().stream()
                .filter(step -> saga.step(step.name()).phase() == Phase.HELD)
                .map(Step::participant)
                .findFirst();
    }

    /** What is promised to sagas in flight, as text to be compared with the released one. */
    public String outline() {
        return SagaOutline.of(this);
    }

    @Override
    public String toString() {
        return name + " v" + version;
    }
}
