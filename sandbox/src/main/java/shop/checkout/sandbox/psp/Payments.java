package shop.checkout.sandbox.psp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.effect.Effects;
import shop.checkout.sandbox.effect.OrderEffects;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.FactIndex;
import shop.checkout.sandbox.fact.FactLog;
import shop.checkout.sandbox.fact.Ids;

/**
 * Every payment and refund there is; safe to use from many threads. What it returns is recorded but perhaps not on the
 * disk yet: see {@link FactLog#awaitForced}.
 */
public final class Payments {

    private final FactLog log;
    private final Ids ids;
    private final Effects effects;
    private final FactIndex<Fact.PaymentIntent> intents;
    private final FactIndex<Fact.PaymentIntent> byOrder;
    private final FactIndex<Fact.Refund> refunds;
    private final FactIndex<Fact.Refund> byIntent;

    public Payments(FactLog log, Ids ids, Effects effects) {
        this.log = log;
        this.ids = ids;
        this.effects = effects;
        this.intents = new FactIndex<>(log, Fact.PaymentIntent.class, intent -> Optional.of(intent.id()));
        this.byOrder = new FactIndex<>(log, Fact.PaymentIntent.class, Fact.PaymentIntent::order);
        this.refunds = new FactIndex<>(log, Fact.Refund.class, refund -> Optional.of(refund.id()));
        this.byIntent = new FactIndex<>(log, Fact.Refund.class, refund -> Optional.of(refund.paymentIntent()));
    }

    /** Remembers a payment that was recorded, in this run or an earlier one. */
    public void remember(Fact.PaymentIntent intent, long position) {
        intents.add(intent, position);
        byOrder.add(intent, position);
        if (intent.captured()) {
            effects.add(OrderEffects.capture(intent.order().orElse(""), intent.amount()));
        }
    }

    /** Remembers a refund, likewise; throws {@link IllegalArgumentException} if there is no such payment. */
    public void remember(Fact.Refund refund, long position) {
        var intent = intent(refund.paymentIntent())
                .orElseThrow(() -> new IllegalArgumentException(
                        "refund " + refund.id() + " of a payment that was never made: " + refund.paymentIntent()));
        refunds.add(refund, position);
        byIntent.add(refund, position);
        effects.add(OrderEffects.refund(intent.order().orElse(""), refund.amount()));
    }

    /** Takes the money, or finds that the card declines. */
    Fact charge(ChargeRequest request, TestMethod method, @Nullable Claim claim, boolean answeredWithError) {
        var intent = new Fact.PaymentIntent(
                ids.next("pi_"),
                ids.now(),
                request.amount(),
                request.currency(),
                request.paymentMethod(),
                request.description().orElse(null),
                request.metadata(),
                method.decline(),
                answeredWithError,
                claim);
        log.record(intent);
        return intent;
    }

    /** Gives money back; refuses to give back more than was taken. */
    synchronized Fact refund(RefundRequest request, @Nullable Claim claim, boolean answeredWithError) {
        var found = intent(request.paymentIntent());
        if (found.isEmpty()) {
            return PspError.noSuch(404, "payment_intent", "payment_intent", request.paymentIntent())
                    .refusal(claim);
        }
        var intent = found.get();
        var left = left(intent);
        var refusal = refusal(request, intent, left);
        if (refusal.isPresent()) {
            return refusal.get().refusal(claim);
        }
        var refund = new Fact.Refund(
                ids.next("re_"),
                ids.now(),
                intent.id(),
                request.amount().orElse(left),
                intent.currency(),
                request.reason().orElse(null),
                request.metadata(),
                answeredWithError,
                claim);
        log.record(refund);
        return refund;
    }

    Optional<Fact.PaymentIntent> intent(String id) {
        return intents.named(id).findFirst();
    }

    Optional<Fact.Refund> refund(String id) {
        return refunds.named(id).findFirst();
    }

    /** All payments, newest first, older than one of them if given. */
    Slice<Fact.PaymentIntent> newestIntents(Optional<String> startingAfter, int limit) {
        return Slice.of(startingAfter.map(intents::before).orElseGet(intents::newest), limit);
    }

    /** The payments of an order, newest first. */
    Slice<Fact.PaymentIntent> found(SearchQuery query, int limit) {
        return Slice.of(byOrder.named(query.order()).filter(query::matches), limit);
    }

    /** All refunds, newest first, older than one of them if given. */
    Slice<Fact.Refund> newestRefunds(Optional<String> startingAfter, int limit) {
        return Slice.of(startingAfter.map(refunds::before).orElseGet(refunds::newest), limit);
    }

    /** The refunds of a payment, newest first, older than one of them if given. */
    Slice<Fact.Refund> refundsOf(String intent, Optional<String> startingAfter, int limit) {
        return Slice.of(
                byIntent.named(intent)
                        .filter(refund -> startingAfter.isEmpty() || refund.id().compareTo(startingAfter.get()) < 0),
                limit);
    }

    private static Optional<PspError> refusal(RefundRequest request, Fact.PaymentIntent intent, long left) {
        var charge = PaymentIntentJson.chargeOf(intent.id());
        if (!intent.captured()) {
            return Optional.of(PspError.invalid(
                    400,
                    "payment_intent_unexpected_state",
                    "payment_intent",
                    "This PaymentIntent (" + intent.id() + ") does not have a successful charge to refund."));
        }
        if (TestMethod.of(intent.paymentMethod()).filter(TestMethod::disputed).isPresent()) {
            return Optional.of(PspError.invalid(
                    400,
                    "charge_disputed",
                    null,
                    "Charge " + charge + " has been charged back; cannot issue a refund."));
        }
        if (left == 0) {
            return Optional.of(PspError.invalid(
                    400, "charge_already_refunded", null, "Charge " + charge + " has already been refunded."));
        }
        return request.amount()
                .filter(amount -> amount > left)
                .map(amount -> PspError.invalid(
                        400,
                        "amount_too_large",
                        "amount",
                        "Refund amount (" + amount + ") is greater than unrefunded amount on charge (" + left + ")"));
    }

    private long left(Fact.PaymentIntent intent) {
        var refunded =
                byIntent.named(intent.id()).mapToLong(Fact.Refund::amount).sum();
        return intent.captured() ? intent.amount() - refunded : 0;
    }
}
