package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Http;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;
import tools.jackson.databind.JsonNode;

/** People see how checkouts go without asking again. */
@ExtendWith(SharedShop.class)
@Order(3)
class StatusPageIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DATA = "data:";

    @Test
    void answersWithAPage(RunningShop shop) {
        var page = shop.api().page("/ui");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).startsWithIgnoringCase("<!doctype html>").contains("/ui/events");
    }

    @Test
    void showsACheckoutAndItsStepsLive(RunningShop shop) {
        var seen = new CopyOnWriteArrayList<String>();
        try (var lines = shop.http().lines(Part.ORCHESTRATOR, "/ui/events")) {
            Thread.ofVirtual().start(() -> collect(lines, seen));
            await("the stream to begin").atMost(LIMIT).until(() -> !seen.isEmpty());

            var checkout = shop.api().ended("watched", Cart.DECLINED);

            await("the stream to show the checkout")
                    .atMost(LIMIT)
                    .until(() -> rows(seen)
                            .filter(row -> row.path("id").equals(checkout.path("id")))
                            .anyMatch(row -> row.path("status").asString().equals("REJECTED")
                                    && row.at("/steps/0/state").asString().equals("UNDONE")));
        }
    }

    private static void collect(Stream<String> lines, List<String> seen) {
        try {
            lines.filter(line -> line.startsWith(DATA)).forEach(seen::add);
        } catch (UncheckedIOException _) {
            // the test has seen enough
        }
    }

    private static Stream<JsonNode> rows(List<String> lines) {
        return lines.stream()
                .map(line -> Http.JSON.readTree(line.substring(DATA.length())))
                .flatMap(event -> event.path("rows").valueStream());
    }
}
