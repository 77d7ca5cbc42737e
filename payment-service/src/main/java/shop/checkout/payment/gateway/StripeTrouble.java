package shop.checkout.payment.gateway;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.effect.SpentKey;
import shop.checkout.intent.CounterpartInTrouble;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;

/** What Stripe's errors say about whether anything happened. */
final class StripeTrouble {

    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private StripeTrouble() {}

    /** The request was understood to be nonsense, before anything was done. A 404 may come from a wrong address. */
    static boolean isInvalid(InvalidRequestException e) {
        return Integer.valueOf(BAD_REQUEST).equals(e.getStatusCode());
    }

    static boolean isUnknownMethod(InvalidRequestException e) {
        return isInvalid(e) && "resource_missing".equals(e.getCode()) && "payment_method".equals(e.getParam());
    }

    /** All that is neither success nor refusal; a key in use is among it, as its call may still succeed. */
    static OutcomeUnknown unknown(MessageKey key, StripeException e) {
        var message = key + ": " + e.getMessage();
        if (e instanceof ReplayedFailure) {
            return new SpentKey(message, e);
        }
        return isTheirs(e) ? new CounterpartInTrouble(message, e) : new OutcomeUnknown(message, e);
    }

    private static boolean isTheirs(StripeException e) {
        return e instanceof ApiConnectionException || e instanceof RateLimitException || status(e) >= SERVER_ERROR;
    }

    private static int status(StripeException e) {
        @Nullable Integer status = e.getStatusCode();
        return Optional.ofNullable(status).orElse(0);
    }
}
