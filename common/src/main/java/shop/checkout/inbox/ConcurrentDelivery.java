package shop.checkout.inbox;

import org.springframework.dao.TransientDataAccessException;

/** Another consumer acted on one of these messages at the same moment. Roll back and try again: it is a duplicate then. */
public final class ConcurrentDelivery extends TransientDataAccessException {

    private static final long serialVersionUID = 1L;

    ConcurrentDelivery(int expected, int inserted) {
        super((expected - inserted) + " of " + expected + " messages were acted on by another consumer meanwhile");
    }
}
