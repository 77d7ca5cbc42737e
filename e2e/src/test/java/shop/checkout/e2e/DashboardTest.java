package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shop.checkout.e2e.Dashboard.Panel;

/** What Grafana would take without a word, and show wrongly. That its queries find something is in PrometheusIT. */
class DashboardTest {

    private static final Dashboard DASHBOARD = Dashboard.read();

    @Test
    void hasPanelsWithNumbersOfTheirOwnThatAskTheChosenPrometheus() {
        assertThat(DASHBOARD.panels()).hasSizeGreaterThan(20);
        assertThat(DASHBOARD.panels()).extracting(Panel::id).doesNotHaveDuplicates();
        assertThat(DASHBOARD.panels())
                .filteredOn(it -> !it.isHeading())
                .extracting(Panel::source)
                .containsOnly("${datasource}");
    }

    @Test
    void hasPanelsBesideEachOtherOnly() {
        assertThat(DASHBOARD.panels()).allSatisfy(panel -> {
            assertThat(panel.area().x() + panel.area().width()).isLessThanOrEqualTo(24);
            assertThat(DASHBOARD.panels())
                    .filteredOn(other -> other.area().overlaps(panel.area()))
                    .containsExactly(panel);
        });
    }
}
