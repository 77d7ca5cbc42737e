package shop.checkout.sandbox.psp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.effect.Effects;
import shop.checkout.sandbox.effect.OrderEffects;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
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
    private final NavigableMap<String, Fact.PaymentIntent> intents = new TreeMap<>();
    private final Map<String, List<Fact.PaymentIntent>> byOrder = new HashMap<>();
    private final NavigableMap<String, Fact.Refund> refunds = new TreeMap<>();
    private final Map<String, List<Fact.Refund>> byIntent = new HashMap<>();

    public Payments(FactLog log, Ids ids, Effects effects) {
        this.log = log;
        this.ids = ids;
        this.effects = effects;
    }

    /** Takes back a payment from an earlier run. */
    public synchronized void recall(Fact.PaymentIntent intent) {
        apply(intent);
    }

    /** Takes back a refund from an earlier run. */
    public synchronized void recall(Fact.Refund refund) {
        apply(refund);
    }

    /** Takes the money, or finds that the card declines. */
    synchronized Fact charge(
            ChargeRequest request, TestMethod method, @Nullable Claim claim, boolean answeredWithError) {
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
        apply(intent);
        return intent;
    }

    /** Gives money back; refuses to give back more than was taken. */
    synchronized Fact refund(RefundRequest request, @Nullable Claim claim, boolean answeredWithError) {
        var intent = intents.get(request.paymentIntent());
        if (intent == null) {
            return PspError.noSuch(404, "payment_intent", "payment_intent", request.paymentIntent())
                    .refusal(claim);
        }
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
        apply(refund);
        return refund;
    }

    synchronized Optional<Fact.PaymentIntent> intent(String id) {
        return Optional.ofNullable(intents.get(id));
    }

    synchronized Optional<Fact.Refund> refund(String id) {
        return Optional.ofNullable(refunds.get(id));
    }

    /** All payments, newest first, older than one of them if given. */
    synchronized Slice<Fact.PaymentIntent> newestIntents(Optional<String> startingAfter, int limit) {
        return Slice.of(older(intents, startingAfter).values().stream(), limit);
    }

    /** The payments of an order, newest first. */
    synchronized Slice<Fact.PaymentIntent> found(SearchQuery query, int limit) {
        var ofOrder = byOrder.getOrDefault(query.order(), List.of()).reversed();
        return Slice.of(ofOrder.stream().filter(query::matches), limit);
    }

    /** All refunds, newest first, older than one of them if given. */
    synchronized Slice<Fact.Refund> newestRefunds(Optional<String> startingAfter, int limit) {
        return Slice.of(older(refunds, startingAfter).values().stream(), limit);
    }

    /** The refunds of a payment, newest first, older than one of them if given. */
    synchronized Slice<Fact.Refund> refundsOf(String intent, Optional<String> startingAfter, int limit) {
        var ofIntent = byIntent.getOrDefault(intent, List.of()).reversed();
        return Slice.of(
                ofIntent.stream()
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
        var refunded = byIntent.getOrDefault(intent.id(), List.of()).stream()
                .mapToLong(Fact.Refund::amount)
                .sum();
        return intent.captured() ? intent.amount() - refunded : 0;
    }

    private static <T> NavigableMap<String, T> older(NavigableMap<String, T> all, Optional<String> startingAfter) {
        return startingAfter.map(id -> all.headMap(id, false)).orElse(all).descendingMap();
    }

    private void apply(Fact.PaymentIntent intent) {
        intents.put(intent.id(), intent);
        intent.order().ifPresent(order -> byOrder.merge(order, List.of(intent), Payments::appended));
        if (intent.captured()) {
            effects.add(OrderEffects.capture(intent.order().orElse(""), intent.amount()));
        }
    }

    private void apply(Fact.Refund refund) {
        var intent = intents.get(refund.paymentIntent());
        if (intent == null) {
            throw new IllegalArgumentException(
                    "refund " + refund.id() + " of a payment that was never made: " + refund.paymentIntent());
        }
        refunds.put(refund.id(), refund);
        byIntent.merge(intent.id(), List.of(refund), Payments::appended);
        effects.add(OrderEffects.refund(intent.order().orElse(""), refund.amount()));
    }

    // nearly every list has one entry
    private static <T> List<T> appended(List<T> some, List<T> more) {
        var all = new ArrayList<T>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
