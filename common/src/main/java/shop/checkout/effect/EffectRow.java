package shop.checkout.effect;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.codec.Codec;
import shop.checkout.message.MessageKey;

/** An effect as it is stored; which columns are filled depends on the state. */
record EffectRow(
        MessageKey command,
        EffectState state,
        @Nullable String request,
        @Nullable String receiptId,
        @Nullable String receiptNumber,
        @Nullable String reversal,
        @Nullable String reason,
        @Nullable Instant keySpentAt,
        Instant createdAt) {

    static EffectRow of(Standing<?> standing, Codec codec) {
        var effect = standing.effect();
        return new EffectRow(
                standing.command(),
                EffectState.of(effect),
                standing.request().map(codec::write).orElse(null),
                effect.happened().map(Receipt::id).orElse(null),
                effect.happened().map(Receipt::number).orElse(null),
                effect instanceof Effect.Reversed(var _, var name) ? name : null,
                effect instanceof Effect.Refused(var why) ? why : null,
                effect instanceof Effect.Undoing(var _, var spent) ? spent.orElse(null) : null,
                standing.since());
    }

    <T> Standing<T> standing(Class<T> type, Codec codec) {
        return new Standing<>(
                command, Optional.ofNullable(request).map(json -> codec.read(type, json)), effect(), createdAt);
    }

    private Effect effect() {
        return switch (state) {
            case PENDING -> new Effect.Pending();
            case DONE -> new Effect.Done(receipt().orElseThrow());
            case REFUSED -> new Effect.Refused(requireNonNull(reason));
            case UNDOING -> new Effect.Undoing(receipt(), Optional.ofNullable(keySpentAt));
            case REVERSED -> new Effect.Reversed(receipt().orElseThrow(), requireNonNull(reversal));
            case VOIDED -> new Effect.Voided();
            case BLOCKED -> new Effect.Blocked();
        };
    }

    private Optional<Receipt> receipt() {
        return Optional.ofNullable(receiptId).map(id -> new Receipt(id, requireNonNull(receiptNumber)));
    }
}
