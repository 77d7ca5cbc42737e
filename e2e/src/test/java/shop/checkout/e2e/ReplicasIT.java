package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.guarantee.GuaranteeChecker;
import shop.checkout.e2e.load.Load;
import shop.checkout.e2e.load.Mix;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.EvidenceReader;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.Quiet;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** Two processes of the orchestrator share the work, and one of them dies in the middle of it. */
@ExtendWith(SharedShop.class)
@Order(6)
class ReplicasIT {

    private static final int CUSTOMERS = 48;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void endEveryCheckoutOnceThoughOneOfThemIsKilled(RunningShop shop) {
        try (var second = shop.secondOrchestrator();
                var load = Load.start(shop, CUSTOMERS, Mix.of(7).with(10, Cart.DECLINED))) {
            awaitEnded(load, 200);
            await().atMost(LIMIT).until(() -> Quiet.open(shop) >= CUSTOMERS / 2);

            second.kill();
            awaitEnded(load, 200);

            var requests = load.finish(LIMIT);
            Quiet.await(shop);
            assertThat(GuaranteeChecker.judge(EvidenceReader.read(shop, requests)))
                    .isEmpty();
        }
    }

    @Test
    void areNotNeededToSeeWhetherABuildCanTakeOver(RunningShop shop) {
        assertThat(shop.deployCheck())
                .contains("checkout v", "return v1 -> v1: ", " in flight, 0 stranded")
                .doesNotContain(shop.databases().password());
        assertThat(shop.http().isReady(Part.ORCHESTRATOR)).isTrue();
    }

    private static void awaitEnded(Load load, int more) {
        long target = load.ended() + more;
        await(more + " more checkouts to end").atMost(LIMIT).until(() -> load.ended() >= target);
    }
}
