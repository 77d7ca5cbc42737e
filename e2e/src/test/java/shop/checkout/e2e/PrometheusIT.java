package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.Prometheus;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** A real Prometheus finds in the running system whatever dashboard and rules ask it for. */
@ExtendWith(SharedShop.class)
@Order(4)
class PrometheusIT {

    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void findsWhatEveryPanelShows(RunningShop shop) {
        var customers = new AtomicInteger();

        try (var prometheus = watching(shop)) {
            awaitFirstScrape(prometheus);
            shop.api().ended("shown", Cart.DECLINED);

            eventually(
                    () -> { // they go on coming: what rises from nothing to its first value between two scrapes has no
                        // rate
                        shop.api().ended("shown-" + customers.incrementAndGet(), Cart.GOOD);
                        assertThat(Dashboard.read().queries())
                                .isNotEmpty()
                                .allSatisfy(query ->
                                        assertThat(values(prometheus, query)).anyMatch(it -> !it.isNaN()));
                    });
        }
    }

    @Test
    void findsWhatEveryRuleIsAboutAndCanDecideIt(RunningShop shop) {
        var asked = AlertRules.read().rules().stream()
                .flatMap(it -> it.expression().selectors().stream())
                .distinct()
                .toList();

        try (var prometheus = watching(shop)) {
            eventually(() -> {
                assertThat(asked)
                        .allSatisfy(selector ->
                                assertThat(values(prometheus, selector)).isNotEmpty());
                assertThat(healths(prometheus))
                        .hasSameSizeAs(AlertRules.read().rules())
                        .containsOnly("ok");
            });
        }
    }

    @Test
    void findsRequestsToEveryService(RunningShop shop) {
        var pages = Map.of(
                Part.ORCHESTRATOR, "/api/v1/checkouts",
                Part.INVENTORY, "/api/v1/stock",
                Part.PAYMENT, "/api/v1/charges",
                Part.SHIPPING, "/api/v1/shipments");
        pages.forEach((part, page) ->
                assertThat(shop.http().get(part, page).status()).as(page).isEqualTo(200));

        try (var prometheus = watching(shop)) {
            eventually(() -> assertThat(pages.values())
                    .allSatisfy(page -> assertThat(
                                    values(prometheus, "http_server_requests_seconds_count{uri=\"" + page + "\"}"))
                            .isNotEmpty()));
        }
    }

    private static Prometheus watching(RunningShop shop) {
        var program = Prometheus.program();
        assumeThat(program)
                .as("a Prometheus, which .ci/try-rules unpacks where there is none")
                .isPresent();
        return shop.prometheus(program.orElseThrow());
    }

    /** Rates are of what happens between two scrapes. */
    private static void awaitFirstScrape(Prometheus prometheus) {
        eventually(() -> assertThat(values(prometheus, "up")).hasSize(4).containsOnly(1.0));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(SOON).untilAsserted(assertion);
    }

    private static List<Double> values(Prometheus prometheus, String query) {
        return prometheus
                .query(query)
                .valueStream()
                .map(it -> Double.valueOf(it.at("/value/1").asString()))
                .toList();
    }

    private static List<String> healths(Prometheus prometheus) {
        return prometheus
                .rules()
                .valueStream()
                .flatMap(it -> it.path("rules").valueStream())
                .map(it -> it.path("health").asString())
                .toList();
    }
}
