package shop.checkout.time;

import java.time.Duration;

/** A timestamp lies so far in the future that what shows it must not be acted on before somebody has looked at the clocks. */
public final class TooFarAhead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooFarAhead(Hlc seen, Duration leap) {
        super("hybrid timestamp " + seen + " is " + leap + " ahead of all that is known here; at most "
                + HybridClock.FARTHEST + " is accepted: is a machine's clock wrong?");
    }
}
