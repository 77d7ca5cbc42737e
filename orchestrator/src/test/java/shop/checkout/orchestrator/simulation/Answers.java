package shop.checkout.orchestrator.simulation;

import java.util.List;
import java.util.Optional;

/** What a participant answers to the command of its step, by chance. */
final class Answers {

    private final World world;
    private final int step;
    private final String name;
    private final List<Object> successes;
    private final List<Object> refusals;
    private final double refuses;

    Answers(World world, SagaUnderTest<?> kind, int step) {
        this.world = world;
        this.step = step;
        this.name = kind.plan().name(step);
        this.successes = kind.replies().successes(name);
        this.refusals = kind.replies().refusals(name);
        this.refuses = refusals.isEmpty() ? 0 : 0.1;
    }

    int step() {
        return step;
    }

    /** The name of the step. */
    String name() {
        return name;
    }

    Object success() {
        return world.chance().oneOf(successes);
    }

    /** Empty if it is not refused. */
    Optional<Object> refusal() {
        return world.chance().hits(refuses) ? Optional.of(anyRefusal()) : Optional.empty();
    }

    Object anyRefusal() {
        return world.chance().oneOf(refusals);
    }
}
