package shop.checkout.orchestrator.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shop.checkout.message.MessageKey;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.Step;
import shop.checkout.orchestrator.saga.StepKind;

/** The steps of a definition by number, and which of them come before which. */
final class Plan {

    private final List<Step<?, ?>> steps = new ArrayList<>();
    private final List<Integer> stages = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    Plan(SagaDefinition<?> definition) {
        for (int stage = 0; stage < definition.stages().size(); stage++) {
            for (var step : definition.stages().get(stage).steps()) {
                numbers.put(step.name(), steps.size());
                numbers.put(step.name() + "/undo", steps.size());
                steps.add(step);
                stages.add(stage);
            }
        }
    }

    int size() {
        return steps.size();
    }

    String name(int step) {
        return steps.get(step).name();
    }

    /** The names of those that can be undone. */
    List<String> undoable() {
        return steps.stream()
                .filter(step -> step.kind() == StepKind.COMPENSATABLE)
                .<String>map(Step::name)
                .toList();
    }

    /** Which step a command or a compensation belongs to, whatever its attempt. */
    int step(MessageKey key) {
        var number = numbers.get(key.name());
        if (number == null) {
            number = numbers.get(key.name().replaceAll("[#/].*", ""));
        }
        if (number == null) {
            throw new IllegalArgumentException(key + " belongs to no step of " + numbers.keySet());
        }
        return number;
    }

    /** Who does it. */
    String participant(int step) {
        return steps.get(step).participant();
    }

    /** The number of the attempt that a command or a compensation belongs to. */
    static int attempt(MessageKey key) {
        int mark = key.name().indexOf('#');
        return mark < 0 ? 1 : Integer.parseInt(key.name().substring(mark + 1).replaceAll("/.*", ""));
    }

    boolean isBefore(int earlier, int later) {
        return stages.get(earlier) < stages.get(later);
    }
}
