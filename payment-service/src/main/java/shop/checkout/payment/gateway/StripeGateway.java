package shop.checkout.payment.gateway;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.util.ArrayList;
import java.util.Optional;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.InvalidRequest;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;

/**
 * Takes money by payment intents that are confirmed and captured at once, and gives it back by refunds of the whole amount.
 *
 * @see <a href="https://docs.stripe.com/api/idempotent_requests">Stripe: idempotent requests</a>
 * @see <a href="https://docs.stripe.com/error-handling">Stripe: error handling</a>
 */
final class StripeGateway implements Counterpart<PaymentRequest> {

    static final String ORDER = "order_id";
    static final String COMMAND = "command";

    private final StripeClient stripe;

    StripeGateway(StripeClient stripe) {
        this.stripe = stripe;
    }

    @Override
    public Outcome.Definite perform(PaymentRequest request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
        try {
            var payment = stripe.paymentIntents().create(params(request, command), key(command));
            return definite(payment)
                    .orElseThrow(() ->
                            new OutcomeUnknown(command + ": " + payment.getId() + " is still " + payment.getStatus()));
        } catch (CardException e) {
            return declined(command, e);
        } catch (InvalidRequestException e) {
            if (StripeTrouble.isUnknownMethod(e)) {
                return new Outcome.Refused("unknown payment method");
            }
            if (StripeTrouble.isInvalid(e)) {
                throw new InvalidRequest(command + ": " + e.getMessage(), e);
            }
            throw StripeTrouble.unknown(command, e);
        } catch (StripeException e) {
            throw StripeTrouble.unknown(command, e);
        }
    }

    @Override
    public Optional<Outcome.Definite> find(PaymentRequest request, MessageKey command) throws OutcomeUnknown {
        try {
            var ofOrder = stripe.paymentIntents()
                    .search(PaymentIntentSearchParams.builder()
                            .setQuery("metadata['" + ORDER + "']:'" + command.sagaId() + "'")
                            .setLimit(100L)
                            .build());
            return judge(
                    command,
                    ofOrder.getData().stream()
                            .filter(payment -> command.toString()
                                    .equals(payment.getMetadata().get(COMMAND)))
                            .toList());
        } catch (StripeException e) {
            throw StripeTrouble.unknown(command, e);
        }
    }

    /** Refunds cannot exceed what was captured, so that even a key long forgotten cannot give the money back twice. */
    @Override
    public String reverse(PaymentRequest request, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        try {
            return refundId(
                    undo,
                    stripe.refunds()
                            .create(
                                    RefundCreateParams.builder()
                                            .setPaymentIntent(receipt.id())
                                            .setAmount(request.amount().minorUnits())
                                            .putMetadata(ORDER, undo.sagaId().toString())
                                            .putMetadata(COMMAND, undo.toString())
                                            .build(),
                                    key(undo)));
        } catch (ReplayedFailure e) {
            return earlierRefund(receipt, undo).orElseThrow(() -> StripeTrouble.unknown(undo, e));
        } catch (InvalidRequestException e) {
            if ("charge_already_refunded".equals(e.getCode())) {
                return earlierRefund(receipt, undo).orElseThrow(() -> StripeTrouble.unknown(undo, e));
            }
            throw StripeTrouble.unknown(undo, e);
        } catch (StripeException e) {
            throw StripeTrouble.unknown(undo, e);
        }
    }

    private static Optional<Outcome.Definite> judge(MessageKey command, Iterable<PaymentIntent> payments)
            throws OutcomeUnknown {
        var found = new ArrayList<Outcome.Definite>();
        for (var payment : payments) {
            found.add(definite(payment)
                    .orElseThrow(() ->
                            new OutcomeUnknown(command + ": " + payment.getId() + " is still " + payment.getStatus())));
        }
        return found.stream()
                .filter(Outcome.Done.class::isInstance)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static Optional<Outcome.Definite> definite(PaymentIntent payment) {
        return switch (payment.getStatus()) {
            case "succeeded" ->
                Optional.of(new Outcome.Done(new Receipt(
                        payment.getId(),
                        Optional.ofNullable(payment.getLatestCharge()).orElse(payment.getId()))));
            case "requires_payment_method", "requires_action", "requires_confirmation", "canceled" ->
                Optional.of(new Outcome.Refused(Optional.ofNullable(payment.getLastPaymentError())
                        .map(com.stripe.model.StripeError::getMessage)
                        .orElse("the payment was not authorized")));
            default -> Optional.empty();
        };
    }

    private static Outcome.Definite declined(MessageKey command, CardException e) throws OutcomeUnknown {
        var error = e.getStripeError();
        if (error == null || !"card_error".equals(error.getType())) {
            throw StripeTrouble.unknown(command, e);
        }
        return new Outcome.Refused(Optional.ofNullable(error.getMessage()).orElse("the card was declined"));
    }

    private Optional<String> earlierRefund(Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        try {
            var refunds = stripe.refunds()
                    .list(RefundListParams.builder()
                            .setPaymentIntent(receipt.id())
                            .build());
            return refunds.getData().stream()
                    .filter(StripeGateway::isGivenBack)
                    .map(Refund::getId)
                    .findFirst();
        } catch (StripeException e) {
            throw StripeTrouble.unknown(undo, e);
        }
    }

    static String refundId(MessageKey undo, Refund refund) throws OutcomeUnknown {
        if (!isGivenBack(refund)) {
            throw new OutcomeUnknown(undo + ": refund " + refund.getId() + " is " + refund.getStatus()
                    + "; give the money back at the provider by hand");
        }
        return refund.getId();
    }

    static boolean isGivenBack(Refund refund) {
        return "succeeded".equals(refund.getStatus()) || "pending".equals(refund.getStatus());
    }

    private static PaymentIntentCreateParams params(PaymentRequest request, MessageKey command) {
        return PaymentIntentCreateParams.builder()
                .setAmount(request.amount().minorUnits())
                .setCurrency(request.amount().currency().getCurrencyCode().toLowerCase(java.util.Locale.ROOT))
                .setPaymentMethod(request.method())
                .setConfirm(true)
                .setErrorOnRequiresAction(true) // nobody is there to act: a refusal
                .setAutomaticPaymentMethods(AutomaticPaymentMethods.builder()
                        .setEnabled(true)
                        .setAllowRedirects(AutomaticPaymentMethods.AllowRedirects.NEVER)
                        .build())
                .putMetadata(ORDER, command.sagaId().toString())
                .putMetadata(COMMAND, command.toString())
                .build();
    }

    static RequestOptions key(MessageKey key) {
        return RequestOptions.builder().setIdempotencyKey(key.toString()).build();
    }
}
