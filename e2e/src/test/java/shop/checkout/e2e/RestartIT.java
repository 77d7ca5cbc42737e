package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
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

/** The whole system is stopped in the middle of its work and started again. */
@ExtendWith(SharedShop.class)
@Order(7)
class RestartIT {

    private static final Mix MIX =
            Mix.of(5).with(10, Cart.DECLINED).with(10, Cart.UNDELIVERABLE).with(20, Cart.ANSWERED_LATE);

    @Test
    void goesOnWithUnfinishedSagas(RunningShop shop, TestReporter report) {
        try (var load = Load.start(shop, 48, MIX)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> load.ended() > 200);

            var before = Instant.now();
            shop.stop();
            var after = Instant.now();
            shop.start();
            var requests = load.finish(Duration.ofMinutes(3));

            Quiet.await(shop);
            assertThat(GuaranteeChecker.judge(EvidenceReader.read(shop, requests)))
                    .isEmpty();
            long unfinished = unfinished(shop, before, after);
            report.publishEntry("%s; %d were begun before the stop and ended after it".formatted(load, unfinished));
            assertThat(unfinished)
                    .as("did not test: sagas begun before the stop and ended after it")
                    .isPositive();
        }
    }

    private static long unfinished(RunningShop shop, Instant before, Instant after) {
        return shop.databases()
                .count(
                        Part.ORCHESTRATOR,
                        "select count(*) from saga where created_at < '%s' and updated_at > '%s'"
                                .formatted(before, after));
    }
}
