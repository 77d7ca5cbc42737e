package shop.checkout.effect;

import java.util.Optional;
import java.util.function.Function;
import shop.checkout.message.MessageKey;

/**
 * A counterpart that exists only in this process and answers at once, to measure what everything else costs. It remembers
 * nothing: what it has done follows from what it is asked, so that the same call always has the same outcome.
 *
 * @param name what its receipts begin with
 * @param refusal why it refuses a request, if it does
 */
public record ImaginaryCounterpart<T>(String name, Function<T, Optional<String>> refusal) implements Counterpart<T> {

    @Override
    public Outcome.Definite perform(T request, MessageKey command) {
        return refusal.apply(request)
                .<Outcome.Definite>map(Outcome.Refused::new)
                .orElseGet(() -> new Outcome.Done(new Receipt(named(command), named(command))));
    }

    /** Whatever it could have been asked for has happened. */
    @Override
    public Optional<Outcome.Definite> find(T request, MessageKey command) {
        return Optional.of(perform(request, command));
    }

    @Override
    public String reverse(T request, Receipt receipt, MessageKey undo) {
        return named(undo);
    }

    private String named(MessageKey key) {
        return name + "_" + key.toString().replace('/', '_');
    }
}
