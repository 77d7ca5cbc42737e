package shop.checkout.payment.charge;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.contract.Money;
import shop.checkout.effect.Effect;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Standing;
import shop.checkout.message.MessageKey;
import shop.checkout.payment.gateway.PaymentRequest;

/** A charge as it is stored; which columns are filled depends on the state, and the database checks it. */
record ChargeRow(
        MessageKey command,
        ChargeState state,
        @Nullable String method,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable String paymentId,
        @Nullable String chargeId,
        @Nullable String refundId,
        @Nullable String reason,
        @Nullable Instant keySpentAt,
        Instant createdAt) {

    static ChargeRow of(Standing<PaymentRequest> standing) {
        var effect = standing.effect();
        var request = standing.request();
        return new ChargeRow(
                standing.command(),
                state(effect),
                request.map(PaymentRequest::method).orElse(null),
                request.map(it -> it.amount().minorUnits()).orElse(null),
                request.map(it -> it.amount().currency().getCurrencyCode()).orElse(null),
                effect.happened().map(Receipt::id).orElse(null),
                effect.happened().map(Receipt::number).orElse(null),
                effect instanceof Effect.Reversed(var _, var refund) ? refund : null,
                effect instanceof Effect.Refused(var why) ? why : null,
                effect instanceof Effect.Undoing(var _, var spent) ? spent.orElse(null) : null,
                standing.since());
    }

    Standing<PaymentRequest> standing() {
        return new Standing<>(command, request(), effect(), createdAt);
    }

    long captured() {
        return paymentId == null ? 0 : requireNonNull(amount);
    }

    long refunded() {
        return refundId == null ? 0 : requireNonNull(amount);
    }

    private Optional<PaymentRequest> request() {
        return Optional.ofNullable(amount)
                .map(minor -> new PaymentRequest(
                        requireNonNull(method), Money.ofMinor(minor, Currency.getInstance(requireNonNull(currency)))));
    }

    private static ChargeState state(Effect effect) {
        return switch (effect) {
            case Effect.Pending _ -> ChargeState.PENDING;
            case Effect.Done _ -> ChargeState.CHARGED;
            case Effect.Refused _ -> ChargeState.DECLINED;
            case Effect.Undoing _ -> ChargeState.REFUNDING;
            case Effect.Reversed _ -> ChargeState.REFUNDED;
            case Effect.Voided _ -> ChargeState.VOIDED;
            case Effect.Blocked _ -> ChargeState.BLOCKED;
        };
    }

    private Effect effect() {
        return switch (state) {
            case PENDING -> new Effect.Pending();
            case CHARGED -> new Effect.Done(receipt().orElseThrow());
            case DECLINED -> new Effect.Refused(requireNonNull(reason));
            case REFUNDING -> new Effect.Undoing(receipt(), Optional.ofNullable(keySpentAt));
            case REFUNDED -> new Effect.Reversed(receipt().orElseThrow(), requireNonNull(refundId));
            case VOIDED -> new Effect.Voided();
            case BLOCKED -> new Effect.Blocked();
        };
    }

    private Optional<Receipt> receipt() {
        return Optional.ofNullable(paymentId).map(id -> new Receipt(id, requireNonNull(chargeId)));
    }
}
