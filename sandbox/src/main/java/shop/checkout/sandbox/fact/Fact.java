package shop.checkout.sandbox.fact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something a provider did or refused; a line of the journal. A fact never changes, and the answer it was told with
 * follows from it alone: that is how a repeated idempotency key gets the same answer, before and after a restart.
 */
@JsonTypeInfo(use = Id.NAME, property = "fact")
@JsonSubTypes({
    @Type(value = Fact.PaymentIntent.class, name = "psp.payment-intent.v1"),
    @Type(value = Fact.Refund.class, name = "psp.refund.v1"),
    @Type(value = Fact.Shipment.class, name = "carrier.shipment.v1"),
    @Type(value = Fact.Cancellation.class, name = "carrier.cancellation.v1"),
    @Type(value = Fact.PickUp.class, name = "carrier.pick-up.v1"),
    @Type(value = Fact.PickUpCancellation.class, name = "carrier.pick-up-cancellation.v1"),
    @Type(value = Fact.Refusal.class, name = "refusal.v1")
})
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public sealed interface Fact {

    /** The idempotency key this fact answers; none if the caller sent none. */
    @Nullable
    Claim claim();

    /**
     * A payment that was tried.
     *
     * @param amount in the currency's minor unit
     * @param decline why no money moved; absent if it was captured
     * @param answeredWithError whether the caller was told of a server error although the payment was made
     */
    record PaymentIntent(
            String id,
            Instant created,
            long amount,
            String currency,
            String paymentMethod,
            @Nullable String description,
            Map<String, String> metadata,
            @Nullable Decline decline,
            boolean answeredWithError,
            @Nullable Claim claim)
            implements Fact {

        /** Where a shop names the order that a payment is for. */
        public static final String ORDER_ID = "order_id";

        public PaymentIntent {
            metadata = copy(metadata);
        }

        public boolean captured() {
            return decline == null;
        }

        public Optional<String> order() {
            return Optional.ofNullable(metadata.get(ORDER_ID));
        }
    }

    /**
     * Money given back.
     *
     * @param amount in the currency's minor unit
     */
    record Refund(
            String id,
            Instant created,
            String paymentIntent,
            long amount,
            String currency,
            @Nullable String reason,
            Map<String, String> metadata,
            boolean answeredWithError,
            @Nullable Claim claim)
            implements Fact {
        public Refund {
            metadata = copy(metadata);
        }
    }

    /**
     * A parcel that is on its way unless it is cancelled.
     *
     * @param reference what the shop calls it: the order id
     */
    record Shipment(
            String id,
            Instant created,
            String reference,
            boolean answeredWithError,
            @Nullable Claim claim) implements Fact {}

    /** A parcel that is no longer on its way. */
    record Cancellation(String shipment, Instant created) implements Fact {
        @Override
        public @Nullable Claim claim() {
            return null;
        }
    }

    /**
     * A parcel that is going to be fetched from a customer unless that is cancelled.
     *
     * @param reference what the shop calls it: the id of the return
     */
    record PickUp(
            String id,
            Instant created,
            String reference,
            boolean answeredWithError,
            @Nullable Claim claim) implements Fact {}

    /** A parcel that nobody is going to fetch any more. */
    record PickUpCancellation(String pickUp, Instant created) implements Fact {
        @Override
        public @Nullable Claim claim() {
            return null;
        }
    }

    /**
     * An answer that nothing was done for, kept because its key was used up by it.
     *
     * @param body the JSON that was answered
     */
    record Refusal(
            Provider provider,
            int status,
            String body,
            @Nullable Claim claim) implements Fact {}

    // absent from the journal when empty; sorted, so that an answer is the same to the letter when it is told again
    private static Map<String, String> copy(@Nullable Map<String, String> metadata) {
        return metadata == null ? Map.of() : Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
}
