package shop.checkout.intent;

import java.util.List;
import shop.checkout.message.MessageKey;

/** Takes note, in the current transaction, of commands that need the outside world before they can be answered. */
@FunctionalInterface
public interface IntentRecorder {

    /** Of a participant that never calls anybody. */
    IntentRecorder NONE = commands -> {
        if (!commands.isEmpty()) {
            throw new IllegalStateException(
                    commands + " are to be answered later, but nothing here calls the outside world");
        }
    };

    void record(List<MessageKey> commands);
}
