package shop.checkout.orchestrator.saga;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What participants may answer to each step of a saga: an example of each type of reply, told apart by what it means. */
public final class ReplyExamples {

    private final Map<String, List<Object>> successes = new HashMap<>();
    private final Map<String, List<Object>> refusals = new HashMap<>();

    /**
     * @param data of a saga that has just begun
     * @param examples in any order
     * @throws IllegalArgumentException when a type of reply has no example
     */
    public <S> ReplyExamples(SagaDefinition<S> definition, S data, List<?> examples) {
        for (var step : definition.steps()) {
            requireAll(step, examples);
            var replies = examples.stream()
                    .<Object>map(it -> it)
                    .filter(step.request()::isAnsweredBy)
                    .toList();
            successes.put(
                    step.name(),
                    replies.stream().filter(it -> proceeds(step, data, it)).toList());
            refusals.put(
                    step.name(),
                    replies.stream().filter(it -> !proceeds(step, data, it)).toList());
        }
    }

    /** The replies that let the saga go on. */
    public List<Object> successes(String step) {
        return of(step, successes);
    }

    /** The replies that do not; none if the step cannot be refused. */
    public List<Object> refusals(String step) {
        return of(step, refusals);
    }

    private static List<Object> of(String step, Map<String, List<Object>> replies) {
        var found = replies.get(step);
        if (found == null) {
            throw new IllegalArgumentException("there is no step " + step + ", only " + replies.keySet());
        }
        return found;
    }

    private static <S> boolean proceeds(Step<S, ?> step, S data, Object reply) {
        return step.decide(data, reply) instanceof Decision.Proceed<S>;
    }

    private static void requireAll(Step<?, ?> step, List<?> examples) {
        for (var type : step.request().replies()) {
            if (examples.stream().noneMatch(type::isInstance)) {
                throw new IllegalArgumentException(
                        step.name() + " may be answered by " + type.getName() + ": give an example of it");
            }
        }
    }
}
