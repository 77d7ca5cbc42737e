package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** What operators are told exists, and what exists is told; and after a checkout all of its hops have been measured. */
@ExtendWith(SharedShop.class)
@Order(3)
class MetricsIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final MetricsPage PAGE = MetricsPage.read();

    /** How the names of metrics begin that are not ours; whatever begins otherwise belongs on the page. */
    private static final Set<String> LIBRARIES = Set.of(
            "application_",
            "disk_",
            "hikaricp_",
            "http_",
            "jdbc_",
            "jvm_",
            "logback_",
            "process_",
            "spring_",
            "system_",
            "tomcat_");

    private static final Set<String> UNITS = Set.of("seconds", "bytes", "rows", "records");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) ");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"[^\"]*\"");

    @ParameterizedTest
    @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
    void areThoseOnThePageByBothNamesWithTheirLabels(Part part, RunningShop shop) {
        var rows = PAGE.of(part);

        assertThat(micrometer(shop, part))
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(MetricsPage.Row::micrometer).toList());
        assertThat(labels(shop, part)).isEqualTo(new TreeMap<>(PAGE.labels(part)));
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.prometheus()).startsWith(row.micrometer().replace('.', '_')));
    }

    @ParameterizedTest
    @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
    void areInTheUnitsOfThePage(Part part, RunningShop shop) {
        assertThat(PAGE.of(part)).allSatisfy(row -> {
            var unit = shop.http()
                    .manage(part, "/actuator/metrics/" + row.micrometer())
                    .json()
                    .path("baseUnit")
                    .asString("");
            if (!unit.isEmpty()) {
                assertThat(row.unit()).isEqualTo(unit);
            }
            for (var named : UNITS) {
                if (row.prometheus().contains("_" + named)) {
                    assertThat(row.unit()).as(row.prometheus()).isEqualTo(named);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
    void ofLibrariesThatThePageNamesAreThereToo(Part part, RunningShop shop) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(types(scrape(shop, part))).containsAll(PAGE.ofLibraries()));
        assertThat(PAGE.ofLibraries()).isNotEmpty();
    }

    @Test
    void areNotSpokenOfOnThePageWithoutBeingOnIt() {
        assertThat(PAGE.mentioned().stream().map(MetricsPage::ofSeries)).isSubsetOf(PAGE.ours());
    }

    @Test
    void measureEveryHopOfACheckoutAndItsCalls(RunningShop shop) {
        shop.api().ended("measured", Cart.GOOD);

        await().atMost(SOON).untilAsserted(() -> {
            assertMeasured(shop, Part.ORCHESTRATOR, "checkout.replies");
            assertMeasured(shop, Part.INVENTORY, "inventory.commands");
            assertMeasured(shop, Part.PAYMENT, "payment.commands");
            assertMeasured(shop, Part.SHIPPING, "shipping.commands");
            assertThat(value(shop, Part.INVENTORY, "checkout_consumer_lag_records{topic=\"inventory.commands\"}"))
                    .isZero();
            assertThat(value(shop, Part.PAYMENT, done("payment provider", "charge")))
                    .isPositive();
            assertThat(value(shop, Part.SHIPPING, done("carrier", "shipment"))).isPositive();
            assertThat(value(
                            shop,
                            Part.ORCHESTRATOR,
                            "checkout_saga_duration_seconds_count{definition=\"checkout\",outcome=\"COMPLETED\"}"))
                    .isPositive();
        });
    }

    private static String done(String counterpart, String effect) {
        return "checkout_calls_seconds_count{counterpart=\"%s\",effect=\"%s\",operation=\"perform\",outcome=\"DONE\"}"
                .formatted(counterpart, effect);
    }

    private static void assertMeasured(RunningShop shop, Part part, String topic) {
        var timers = Pattern.compile("relay_(lag|publish)_seconds_count\\{.*"
                + "|checkout_consumer_(transit|delivery|handling)_seconds_count\\{topic=\"" + topic + "\"}");
        var counts = SAMPLE.matcher(scrape(shop, part))
                .results()
                .filter(it ->
                        timers.matcher(it.group(1) + "{" + it.group(2) + "}").matches())
                .map(it -> Double.valueOf(it.group(3)))
                .toList();
        assertThat(counts).as("counts of the timers of %s", part).hasSize(5).doesNotContain(0.0);
    }

    private static double value(RunningShop shop, Part part, String series) {
        var found =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(scrape(shop, part));
        assertThat(found.find()).as("%s of %s", series, part).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static Set<String> micrometer(RunningShop shop, Part part) {
        return shop.http()
                .manage(part, "/actuator/metrics")
                .json()
                .path("names")
                .valueStream()
                .map(it -> it.asString())
                .filter(it -> isOurs(it.replace('.', '_')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of each of our metrics, the labels that any of its series has. */
    private static Map<String, Set<String>> labels(RunningShop shop, Part part) {
        var labels = new TreeMap<String, Set<String>>();
        var scrape = scrape(shop, part);
        types(scrape).stream()
                .filter(MetricsIT::isOurs)
                .forEach(it -> labels.put(MetricsPage.ofSeries(it), new TreeSet<>()));
        for (var sample : SAMPLE.matcher(scrape).results().toList()) {
            var known = labels.get(MetricsPage.ofSeries(sample.group(1)));
            if (known != null && sample.group(2) != null) {
                LABEL.matcher(sample.group(2))
                        .results()
                        .map(it -> it.group(1))
                        .filter(it -> !it.equals("le"))
                        .forEach(known::add);
            }
        }
        return labels;
    }

    private static boolean isOurs(String name) {
        return LIBRARIES.stream().noneMatch(name::startsWith);
    }

    private static Set<String> types(String scrape) {
        return TYPE.matcher(scrape).results().map(it -> it.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String scrape(RunningShop shop, Part part) {
        return shop.http().manage(part, "/actuator/prometheus").text();
    }
}
