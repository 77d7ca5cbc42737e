package shop.checkout.benchmark.limit;

/**
 * What this machine can do without the system.
 *
 * @param perSecond of the things named
 * @param perSaga how many of them a saga needs
 */
public record Limit(String name, double perSecond, double perSaga) {
    /** How many sagas a second it would allow if nothing else had to be done. */
    public double sagasPerSecond() {
        return perSecond / perSaga;
    }
}
