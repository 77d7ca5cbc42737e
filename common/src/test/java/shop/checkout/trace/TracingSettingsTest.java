package shop.checkout.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSettingsTest {

    @Test
    void addsThePathOfTracesToAnyBaseAddress() {
        assertThat(new TracingSettings("http://collector:4318", 1, "").address())
                .hasToString("http://collector:4318/v1/traces");
        assertThat(new TracingSettings("https://host/otlp/", 1, "").address())
                .hasToString("https://host/otlp/v1/traces");
    }

    @Test
    void readsHeadersAsOpenTelemetryWritesThem() {
        var settings = new TracingSettings("http://collector:4318", 1, "api-key=a%20b=+c, tenant=shop");

        assertThat(settings.headersByName()).isEqualTo(Map.of("api-key", "a b=+c", "tenant", "shop"));
        assertThat(settings.toString()).doesNotContain("tenant");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new TracingSettings("collector:4317", 1, ""))
                .hasMessageContaining("checkout.tracing.endpoint");
        assertThatThrownBy(() -> new TracingSettings("", 1.5, "")).hasMessageContaining("checkout.tracing.ratio");
        assertThatThrownBy(() -> new TracingSettings("http://c", 1, "key").headersByName())
                .hasMessageContaining("checkout.tracing.headers");
    }
}
