package shop.checkout.e2e.shop;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** When a shop has come to rest: every saga has ended, every message is dealt with, nothing is set aside. */
public final class Quiet {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final List<Part> SERVICES = List.of(Part.ORCHESTRATOR, Part.INVENTORY, Part.PAYMENT, Part.SHIPPING);

    private Quiet() {}

    /**
     * Waits until a running shop is quiet, while nobody asks for checkouts.
     *
     * @return false if it never is: the evidence will tell why
     */
    public static boolean await(RunningShop shop) {
        try {
            Awaitility.await("the shop to come to rest").atMost(LIMIT).until(() -> isQuiet(shop));
            return true;
        } catch (ConditionTimeoutException _) {
            return false;
        }
    }

    /** How many sagas have not ended. */
    public static long open(RunningShop shop) {
        return shop.databases().count(Part.ORCHESTRATOR, "select count(*) from saga where wake_at is not null");
    }

    /** Waits until the services have noted every record as dealt with. */
    public static void awaitConsumed(RunningShop shop) {
        Awaitility.await("every record to be dealt with").atMost(LIMIT).until(() -> isConsumed(shop));
    }

    private static boolean isQuiet(RunningShop shop) {
        var databases = shop.databases();
        return open(shop) == 0
                && databases.count(Part.PAYMENT, "select count(*) from intent") == 0
                && databases.count(Part.SHIPPING, "select count(*) from intent") == 0
                && databases.count(Part.INVENTORY, "select count(*) from reservation where state = 'RESERVED'") == 0
                && isConsumed(shop);
    }

    private static boolean isConsumed(RunningShop shop) {
        return shop.topics().lag(SERVICES.stream().map(Part::module).toList()) == 0;
    }
}
