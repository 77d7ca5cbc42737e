package shop.checkout.effect;

import java.util.Optional;

/** What a batch made of an effect: one write, and perhaps rows in a ledger. */
public record Change<T>(Optional<Standing<T>> before, Standing<T> after) {

    /** It became known that it happened. */
    public Optional<Receipt> happened() {
        return before.flatMap(it -> it.effect().happened()).isPresent()
                ? Optional.empty()
                : after.effect().happened();
    }

    /** It was undone: the other side's name for that. */
    public Optional<String> reversed() {
        return switch (after.effect()) {
            case Effect.Reversed(var _, var reversal)
            when before.stream().noneMatch(it -> it.effect() instanceof Effect.Reversed) -> Optional.of(reversal);
            case Effect _ -> Optional.empty();
        };
    }
}
