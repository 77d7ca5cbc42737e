package shop.checkout.orchestrator.api;

import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.SagaStatus;

/** A saga as clients see it, which they can wait for. */
sealed interface SagaShown permits CheckoutView, ReturnView {

    SagaId id();

    SagaStatus status();

    /** Grows with everything that happens to it. */
    long revision();

    default String etag() {
        return "\"" + revision() + "\"";
    }

    default SagaWatch.Standing standing() {
        return new SagaWatch.Standing(id(), status(), revision());
    }
}
