package shop.checkout.sandbox;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import java.time.Duration;
import java.util.List;

/** A shop that pays by stripe-java, which never tries again by itself here. */
record Shop(StripeClient stripe) {

    static final String ORDER = "01990000-0000-7000-8000-000000000042";
    static final long AMOUNT = 24_900;

    static Shop at(Sandbox sandbox) {
        return at(sandbox.url(), Duration.ofSeconds(20));
    }

    static Shop at(String host, Duration patience) {
        return new Shop(StripeClient.builder()
                .setApiKey("sk_test_sandbox")
                .setApiBase(host)
                .setReadTimeout((int) patience.toMillis())
                .setMaxNetworkRetries(0)
                .build());
    }

    PaymentIntent charge(String method, String key) throws StripeException {
        return charge(method, key, AMOUNT);
    }

    PaymentIntent charge(String method, String key, long amount) throws StripeException {
        var params = PaymentIntentCreateParams.builder()
                .setAmount(amount)
                .setCurrency("eur")
                .setPaymentMethod(method)
                .setConfirm(true)
                .addPaymentMethodType("card")
                .putMetadata("order_id", ORDER)
                .build();
        return stripe.v1().paymentIntents().create(params, options(key));
    }

    PaymentIntent payment(String id) throws StripeException {
        return stripe.v1().paymentIntents().retrieve(id);
    }

    List<PaymentIntent> paymentsOf(String order) throws StripeException {
        var params = PaymentIntentSearchParams.builder()
                .setQuery("metadata['order_id']:'" + order + "'")
                .build();
        return stripe.v1().paymentIntents().search(params).getData();
    }

    Refund refund(PaymentIntent payment, String key) throws StripeException {
        return stripe.v1().refunds().create(wholeOf(payment).build(), options(key));
    }

    Refund refund(PaymentIntent payment, String key, long amount) throws StripeException {
        return stripe.v1().refunds().create(wholeOf(payment).setAmount(amount).build(), options(key));
    }

    private static RefundCreateParams.Builder wholeOf(PaymentIntent payment) {
        return RefundCreateParams.builder().setPaymentIntent(payment.getId());
    }

    private static RequestOptions options(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
