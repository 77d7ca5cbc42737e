package shop.checkout.relay;

/** A batch is not known to be on Kafka as a whole; it has to be published again. */
final class NotPublished extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotPublished(String message) {
        super(message);
    }

    NotPublished(String message, Throwable cause) {
        super(message, cause);
    }
}
