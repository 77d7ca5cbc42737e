package shop.checkout.effect;

import java.time.Instant;
import java.util.Optional;
import shop.checkout.message.MessageKey;

/**
 * An effect with what belongs to it.
 *
 * @param command the key of the command that asks for it
 * @param request what is asked for; not known when the undo came first
 * @param since when the service first heard of it
 */
public record Standing<T>(MessageKey command, Optional<T> request, Effect effect, Instant since) {

    Standing<T> moved(Effect next) {
        return new Standing<>(command, request, next, since);
    }

    /** @throws IllegalStateException when the undo came first */
    public T wanted() {
        return request.orElseThrow(
                () -> new IllegalStateException(command + " is " + effect + ": nothing was asked for"));
    }
}
