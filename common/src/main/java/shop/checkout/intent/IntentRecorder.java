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

    /**
     * Their senders have asked again for commands that are not answered yet: those that nobody here is at are called as soon
     * as this commits. Otherwise one whose caller died would wait until its claim has run out.
     */
    default void wake(List<MessageKey> commands) {}
}
