package shop.checkout.effect;

/** The other side does not understand what we ask for: nothing happened, and nothing will until we ask differently. */
public final class InvalidRequest extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidRequest(String message, Throwable cause) {
        super(message, cause);
    }
}
