package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import shop.checkout.e2e.AlertRules.Expectation;

/** Whoever is woken finds out why, and what to do. What the rules say of given metrics is tested by .ci/try-rules. */
class AlertRulesTest {

    private static final AlertRules RULES = AlertRules.read();
    private static final Path RUNBOOK = Path.of("..", "docs", "alerts.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (\\S+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]*)\\)");

    @Test
    void haveASectionInTheRunbookEach() throws IOException {
        var runbook = Files.readString(RUNBOOK);
        var sections = SECTION.matcher(runbook).results().map(it -> it.group(1)).toList();

        assertThat(sections).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(RULES.names());
        assertThat(LINK.matcher(runbook).results().map(it -> it.group(1)))
                .isSubsetOf(sections.stream().map(AlertRulesTest::anchor).toList());
    }

    @Test
    void sayWhatHappensHowBadItIsAndWhereToReadOn() {
        assertThat(RULES.rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.severity()).isIn("critical", "warning");
            assertThat(rule.summary()).endsWith(".");
            assertThat(rule.runbook()).isEqualTo("docs/alerts.md#" + anchor(rule.alert()));
        });
    }

    @Test
    void useMetricsThatExist() {
        var known = new TreeSet<>(MetricsPage.read().all());
        known.add("up"); // Prometheus' own

        assertThat(RULES.rules()).allSatisfy(rule -> {
            assertThat(rule.expression().metrics()).as(rule.alert()).isNotEmpty();
            assertThat(rule.expression().metrics().stream().map(MetricsPage::ofSeries))
                    .as(rule.alert())
                    .isSubsetOf(known);
        });
    }

    @Test
    void areTestedToFireAndNotTo() {
        assertThat(RULES.names())
                .allSatisfy(alert -> assertThat(RULES.expectations())
                        .contains(new Expectation(alert, true), new Expectation(alert, false)));
        assertThat(RULES.expectations()).extracting(Expectation::alert).isSubsetOf(RULES.names());
    }

    @Test
    void areReadForTheSeriesTheyAskFor() {
        var expression = new PromQl("""
                max by (some_label) (relay_slot_status{status=~"lost|absent"}) > 0 # not_this
                  and sum by (topic) (increase(a_count[5m])) / on (other_label) up == 0""");

        assertThat(expression.selectors())
                .isEqualTo(Set.of("relay_slot_status{status=~\"lost|absent\"}", "a_count", "up"));
        assertThat(expression.metrics()).isEqualTo(Set.of("relay_slot_status", "a_count", "up"));
    }

    private static String anchor(String section) {
        return section.toLowerCase(Locale.ROOT);
    }
}
