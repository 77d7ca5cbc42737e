package shop.checkout.orchestrator.engine;

import shop.checkout.message.SagaId;

/** It is not known whether a saga was started. The same request, asked again under the same key, finds out. */
public final class StartUncertain extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartUncertain(SagaId saga, String why) {
        super("saga " + saga + " may or may not have been started: " + why);
    }
}
