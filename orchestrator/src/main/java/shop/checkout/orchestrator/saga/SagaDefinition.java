package shop.checkout.orchestrator.saga;

import java.util.List;
import java.util.Optional;
import shop.checkout.message.SagaId;

/**
 * What a kind of saga does, in stages. A saga is stored with the name and version of its definition and finishes on it, so
 * a released definition is never changed: a new version is put beside it.
 *
 * @param dataType what a saga of this kind knows: a record that can be stored as JSON
 * @param <S> the same
 */
public record SagaDefinition<S>(
        String name, int version, Class<S> dataType, List<Stage<S>> stages, Announcement<S> announcement) {

    /** @throws IllegalArgumentException when the definition cannot work; the text names each fault and its remedy */
    public SagaDefinition {
        stages = List.copyOf(stages);
        var faults = new SagaLinter<>(name, version, dataType, stages).faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** All steps, in the order of their stages. */
    public List<Step<S, ?>> steps() {
        return stages.stream().flatMap(stage -> stage.steps().stream()).toList();
    }

    /** Every type of message that a saga of this kind may send or be sent. */
    public List<Class<?>> messageTypes() {
        return steps().stream().flatMap(SagaLinter::messageTypes).toList();
    }

    /** A saga of this kind before anything has happened to it. */
    public Saga<S> born(SagaId id, S data) {
        var steps = steps().stream().map(step -> StepState.pending(step.name())).toList();
        return new Saga<>(id, data, steps, Optional.empty(), 0);
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
