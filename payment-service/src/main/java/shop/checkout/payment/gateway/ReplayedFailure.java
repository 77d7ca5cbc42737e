package shop.checkout.payment.gateway;

import com.stripe.exception.ApiException;
import org.jspecify.annotations.Nullable;

/** The provider's stored answer to an idempotency key is a server error: it will never tell more about that call. */
final class ReplayedFailure extends ApiException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("NullAway") // there is no code and no cause
    ReplayedFailure(@Nullable String requestId, int status) {
        super("an earlier call with this idempotency key failed on the provider's side", requestId, null, status, null);
    }
}
