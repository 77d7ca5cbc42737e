package shop.checkout.effect;

import java.util.Optional;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;

/**
 * Someone outside who does things for us, such as a payment provider or a carrier. Each call is limited in time, is made
 * many times side by side, and may be repeated; the message key is its idempotency key.
 *
 * @param <T> what is asked for
 */
public interface Counterpart<T> {

    /**
     * Asks for the effect, or hears again what came of it.
     *
     * @throws SpentKey when the key has been used up by a call that failed
     * @throws InvalidRequest when the request makes no sense to the other side: nothing happened
     * @throws OutcomeUnknown in every other case that is neither done nor refused
     */
    Outcome.Definite perform(T request, MessageKey command) throws OutcomeUnknown, InvalidRequest;

    /**
     * Looks up what came of a command. May lag behind; see {@link CounterpartTimes#lookupDelay}.
     *
     * @throws OutcomeUnknown when that fails
     */
    Optional<Outcome.Definite> find(T request, MessageKey command) throws OutcomeUnknown;

    /**
     * Undoes what happened, however often it is called.
     *
     * @return what the other side calls the undoing
     * @throws OutcomeUnknown when that fails or it is not known
     */
    String reverse(T request, Receipt receipt, MessageKey undo) throws OutcomeUnknown;
}
