package shop.checkout.payment.gateway;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.util.Map;
import java.util.Optional;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.InvalidRequest;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;

/**
 * Gives the whole of a payment back because goods come back. The provider gives back no more than it took, so that even a key
 * long forgotten cannot give it back twice; a refund of ours is known by its metadata.
 *
 * @see <a href="https://docs.stripe.com/api/refunds/create">Stripe: create a refund</a>
 * @see <a href="https://docs.stripe.com/error-codes">Stripe: error codes</a>
 */
final class StripeRefunds implements Counterpart<RefundRequest> {

    /** Nothing was given back by the call, and no repetition can change that. */
    private static final Map<String, String> REFUSALS = Map.of(
            "charge_already_refunded", "the money was given back before",
            "charge_disputed", "the customer's bank has taken the money back",
            "amount_too_large", "a part of the money was given back before");

    private final StripeClient stripe;

    StripeRefunds(StripeClient stripe) {
        this.stripe = stripe;
    }

    @Override
    public Outcome.Definite perform(RefundRequest request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
        try {
            var refund = stripe.refunds().create(params(request, command), StripeGateway.key(command));
            return done(StripeGateway.refundId(command, refund));
        } catch (InvalidRequestException e) {
            return refused(request, command, e);
        } catch (StripeException e) {
            throw StripeTrouble.unknown(command, e);
        }
    }

    @Override
    public Optional<Outcome.Definite> find(RefundRequest request, MessageKey command) throws OutcomeUnknown {
        try {
            var ofPayment = stripe.refunds()
                    .list(RefundListParams.builder()
                            .setPaymentIntent(request.required().paymentId())
                            .setLimit(100L)
                            .build());
            return ofPayment.getData().stream()
                    .filter(refund ->
                            command.toString().equals(refund.getMetadata().get(StripeGateway.COMMAND)))
                    .filter(StripeGateway::isGivenBack)
                    .findFirst()
                    .map(refund -> done(refund.getId()));
        } catch (StripeException e) {
            throw StripeTrouble.unknown(command, e);
        }
    }

    /** @throws IllegalStateException always: a refund is a point of no return */
    @Override
    public String reverse(RefundRequest request, Receipt receipt, MessageKey undo) {
        throw new IllegalStateException(undo + ": a refund cannot be taken back");
    }

    /** Unless it was given back by an earlier call of ours. */
    private Outcome.Definite refused(RefundRequest request, MessageKey command, InvalidRequestException e)
            throws OutcomeUnknown, InvalidRequest {
        if (!StripeTrouble.isInvalid(e)) {
            throw StripeTrouble.unknown(command, e);
        }
        var reason = Optional.ofNullable(e.getCode()).map(REFUSALS::get);
        if (reason.isEmpty()) {
            throw new InvalidRequest(command + ": " + e.getMessage(), e);
        }
        return find(request, command).orElseGet(() -> new Outcome.Refused(reason.get()));
    }

    private static Outcome.Definite done(String refundId) {
        return new Outcome.Done(new Receipt(refundId, refundId));
    }

    private static RefundCreateParams params(RefundRequest request, MessageKey command) {
        return RefundCreateParams.builder()
                .setPaymentIntent(request.required().paymentId())
                .setAmount(request.amount().minorUnits())
                .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                .putMetadata(StripeGateway.ORDER, request.orderId().toString())
                .putMetadata(StripeGateway.COMMAND, command.toString())
                .build();
    }
}
