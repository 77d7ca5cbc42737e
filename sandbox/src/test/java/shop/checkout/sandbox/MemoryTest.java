package shop.checkout.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.FactLog;
import shop.checkout.sandbox.fact.Ids;

class MemoryTest {

    private static final int CHECKOUTS = 20_000;
    private static final int BYTES_PER_CHECKOUT = 450;
    private static final int TOLERANCE = 2;
    // three collections in four, the serial collector leaves some garbage where it is (MarkSweepAlwaysCompactCount)
    private static final int COLLECTIONS = 4;

    private final Ids ids = new Ids(InstantSource.system(), new Random(42));

    @TempDir
    Path data;

    @Test
    void keepsFactsInTheFileAndOnlyTheirPlacesInMemory() throws Exception {
        try (var log = FactLog.open(data)) {
            var providers = new Providers(log, ids, "http://127.0.0.1:8084");
            providers.remember();
            checkOut(log, CHECKOUTS / 10);
            var before = usedHeap();

            checkOut(log, CHECKOUTS);

            var grown = usedHeap() - before;
            assertThat(grown / CHECKOUTS)
                    .as("bytes of heap a checkout")
                    .isPositive()
                    .isLessThan(TOLERANCE * BYTES_PER_CHECKOUT);
            Reference.reachabilityFence(providers);
        }
    }

    private void checkOut(FactLog log, int times) throws IOException {
        for (var n = 1; n <= times; n++) {
            var order = UUID.randomUUID().toString();
            log.record(new Fact.PaymentIntent(
                    ids.next("pi_"),
                    ids.now(),
                    24_900,
                    "eur",
                    "pm_card_visa",
                    null,
                    Map.of(Fact.PaymentIntent.ORDER_ID, order),
                    null,
                    false,
                    new Claim("charge-" + order, n)));
            log.record(new Fact.Shipment(ids.next("shp_"), ids.now(), order, false, new Claim("ship-" + order, n)));
            if (n % 1_000 == 0) {
                log.awaitForced();
            }
        }
    }

    private static long usedHeap() {
        for (var n = 0; n < COLLECTIONS; n++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
