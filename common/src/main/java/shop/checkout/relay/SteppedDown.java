package shop.checkout.relay;

/** A newer lease has been at work; this one has nothing left to do. */
final class SteppedDown extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long newerToken;

    SteppedDown(String slot, long token, long newerToken) {
        super("lease %d leads relay %s, not %d".formatted(newerToken, slot, token));
        this.newerToken = newerToken;
    }

    long newerToken() {
        return newerToken;
    }
}
