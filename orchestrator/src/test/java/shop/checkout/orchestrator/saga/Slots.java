package shop.checkout.orchestrator.saga;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import shop.checkout.message.MessageKey;

/**
 * Numbers for all that a saga may send: for each attempt at each step the command, its compensation, and the message that
 * somebody has done that by hand.
 */
final class Slots {

    private static final int ATTEMPTS = 3;
    private static final int MESSAGES = 3;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<MessageKey> keys;
    private final int steps;

    Slots(SagaDefinition<?> definition) {
        var all = new ArrayList<MessageKey>();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            for (var step : definition.steps()) {
                var command = MessageKey.ofStep(SagaScenario.SAGA, step.name(), attempt);
                all.addAll(List.of(command, command.undo(), command.undo().byHand()));
            }
        }
        this.keys = List.copyOf(all);
        this.steps = definition.steps().size();
        keys.forEach(key -> numbers.put(key.name(), numbers.size()));
    }

    int size() {
        return keys.size();
    }

    /** @throws IllegalArgumentException for what no saga of this kind could send */
    int of(MessageKey key) {
        var number = numbers.get(key.name());
        if (number == null) {
            throw new IllegalArgumentException(key + " is none of " + numbers.keySet());
        }
        return number;
    }

    MessageKey key(int slot) {
        return keys.get(slot);
    }

    static boolean isUndo(int slot) {
        return slot % MESSAGES > 0;
    }

    /** The command that a compensation undoes; a command's own slot. */
    static int command(int slot) {
        return slot - slot % MESSAGES;
    }

    /** The number of the step that it belongs to. */
    int step(int slot) {
        return slot / MESSAGES % steps;
    }

    /** The commands of all attempts at a step. */
    List<Integer> commandsOf(int step) {
        return IntStream.range(0, ATTEMPTS)
                .mapToObj(attempt -> MESSAGES * (attempt * steps + step))
                .toList();
    }
}
