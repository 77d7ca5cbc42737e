package shop.checkout.intent;

import java.util.Collection;
import java.util.Map;
import shop.checkout.message.MessageKey;

/**
 * Calls the outside world for recorded intents, such as a payment provider. {@link #call} may happen more than once for the
 * same command (a crash between call and settlement), so it must carry an idempotency key derived from the command's key.
 *
 * @param <T> what is needed to make the call
 * @param <O> what came of it
 */
public interface RemoteEffect<T, O> {

    /** Within a transaction: what to do for those commands that this very transaction has written down, without asking the database. */
    default Map<MessageKey, T> known(Collection<MessageKey> commands) {
        return Map.of();
    }

    /** Within a transaction: what to do for the commands. One that is left out needs no call any more. */
    Map<MessageKey, T> load(Collection<MessageKey> commands);

    /**
     * Outside of any transaction, many side by side, each within a time limit of its own.
     *
     * @throws Exception when the outcome is unknown; the call is repeated later, with full jitter
     */
    O call(MessageKey command, T task) throws Exception;

    /**
     * Within a transaction: writes down what came of the calls. Their intents end with it.
     *
     * @param followUps takes commands that have to be called (again) because of it
     * @return the replies to the commands that are answered by it
     */
    Map<MessageKey, Object> settle(Map<MessageKey, O> outcomes, IntentRecorder followUps);
}
