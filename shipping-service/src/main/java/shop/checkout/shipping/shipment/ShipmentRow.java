package shop.checkout.shipping.shipment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.codec.Codec;
import shop.checkout.effect.Effect;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Standing;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.carrier.ParcelRequest;

/** A shipment as it is stored; which columns are filled depends on the state, and the database checks it. */
record ShipmentRow(
        MessageKey command,
        ShipmentState state,
        @Nullable String parcel,
        @Nullable String carrierId,
        @Nullable String trackingNumber,
        @Nullable String reason,
        @Nullable Instant keySpentAt,
        Instant createdAt) {

    static ShipmentRow of(Standing<ParcelRequest> standing, Codec codec) {
        var effect = standing.effect();
        return new ShipmentRow(
                standing.command(),
                state(effect),
                standing.request().map(codec::write).orElse(null),
                effect.happened().map(Receipt::id).orElse(null),
                effect.happened().map(Receipt::number).orElse(null),
                effect instanceof Effect.Refused(var why) ? why : null,
                effect instanceof Effect.Undoing(var _, var spent) ? spent.orElse(null) : null,
                standing.since());
    }

    Standing<ParcelRequest> standing(Codec codec) {
        var request = Optional.ofNullable(parcel).map(json -> codec.read(ParcelRequest.class, json));
        return new Standing<>(command, request, effect(), createdAt);
    }

    private static ShipmentState state(Effect effect) {
        return switch (effect) {
            case Effect.Pending _ -> ShipmentState.PENDING;
            case Effect.Done _ -> ShipmentState.CREATED;
            case Effect.Refused _ -> ShipmentState.UNDELIVERABLE;
            case Effect.Undoing _ -> ShipmentState.CANCELLING;
            case Effect.Reversed _ -> ShipmentState.CANCELLED;
            case Effect.Voided _ -> ShipmentState.VOIDED;
            case Effect.Blocked _ -> ShipmentState.BLOCKED;
        };
    }

    private Effect effect() {
        return switch (state) {
            case PENDING -> new Effect.Pending();
            case CREATED -> new Effect.Done(receipt().orElseThrow());
            case UNDELIVERABLE -> new Effect.Refused(requireNonNull(reason));
            case CANCELLING -> new Effect.Undoing(receipt(), Optional.ofNullable(keySpentAt));
            // the carrier gives a cancellation no name of its own
            case CANCELLED -> new Effect.Reversed(receipt().orElseThrow(), requireNonNull(carrierId));
            case VOIDED -> new Effect.Voided();
            case BLOCKED -> new Effect.Blocked();
        };
    }

    private Optional<Receipt> receipt() {
        return Optional.ofNullable(carrierId).map(id -> new Receipt(id, requireNonNull(trackingNumber)));
    }
}
