package shop.checkout.orchestrator.api;

/** An idempotency key is being written by a transaction that takes its time; surely nothing was started under it here. */
final class KeyInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyInUse(Throwable cause) {
        super("another transaction holds on to an idempotency key", cause);
    }
}
