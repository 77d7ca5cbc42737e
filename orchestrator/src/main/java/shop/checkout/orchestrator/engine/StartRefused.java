package shop.checkout.orchestrator.engine;

/** A saga was not started and nothing of it is stored, because too much is asked at once. Try again later. */
public final class StartRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartRefused(String why) {
        super("the saga was not started: " + why);
    }
}
