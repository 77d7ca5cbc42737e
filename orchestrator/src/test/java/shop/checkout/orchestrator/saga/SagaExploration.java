package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs a saga through every order in which its messages can be delivered, answered, refused, repeated and delayed, in which
 * time can pass and people can have wishes, and judges each situation on the way.
 *
 * <p>A crash can come at any moment: the saga goes on from what is stored of it, and a move that was not committed is as if
 * it had not been, because the same news leads to the same move again.
 */
public final class SagaExploration<S> {

    /** Gives up after two tries, and waits for the same time each time, so that the situations can be counted. */
    static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofSeconds(2));

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final SagaDefinition<S> definition;
    private final S data;
    private final Mover<S> machine;
    private final ReplyExamples replies;
    private final int disturbances;

    private SagaExploration(
            SagaDefinition<S> definition, S data, ReplyExamples replies, Mover<S> machine, int disturbances) {
        this.definition = definition;
        this.data = data;
        this.machine = machine;
        this.replies = replies;
        this.disturbances = disturbances;
    }

    /**
     * Explores sagas of this kind, with retries that give up soon, and with one disturbance from outside.
     *
     * @param replies an example of each type of reply that participants may send
     */
    public static <S> SagaExploration<S> of(SagaDefinition<S> definition, S data, List<?> replies) {
        var quick = quick(definition);
        return new SagaExploration<>(quick, data, new ReplyExamples(quick, data, replies), Mover.of(quick), 1);
    }

    /** The same with a machine that is wrong. */
    SagaExploration<S> with(MachineMutant mutant) {
        return new SagaExploration<>(definition, data, replies, mutant.of(definition), disturbances);
    }

    /** The same with so many disturbances: people who step in, participants that are found to be silent. */
    public SagaExploration<S> disturbed(int times) {
        return new SagaExploration<>(definition, data, replies, machine, times);
    }

    /**
     * Visits every situation, breadth first, so that the first fault found has the shortest script.
     *
     * @return how many situations there are, by the saga's status
     * @throws AssertionError with the script, when a situation breaks a rule
     */
    public Map<SagaStatus, Integer> run() {
        var found = new SituationSearch<>(definition, machine, replies, disturbances).from(data);
        System.out.printf(
                "Explored %s, disturbed %d times: %,d situations %s%n",
                definition,
                disturbances,
                found.values().stream().mapToInt(Integer::intValue).sum(),
                found);
        return found;
    }

    private static <S> SagaDefinition<S> quick(SagaDefinition<S> definition) {
        return new SagaDefinition<>(
                definition.name(),
                definition.version(),
                definition.dataType(),
                definition.stages().stream().map(SagaExploration::quick).toList(),
                definition.announcement(),
                definition.deadline().map(_ -> DEADLINE));
    }

    private static <S> Stage<S> quick(Stage<S> stage) {
        var steps =
                stage.steps().stream().<Step<S, ?>>map(SagaExploration::quick).toList();
        return steps.size() == 1 ? steps.getFirst() : new Stage.Together<>(steps);
    }

    private static <S, R> Step<S, R> quick(Step<S, R> step) {
        return step.retry(QUICK).undoRetry(QUICK);
    }
}
