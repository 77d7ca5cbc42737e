package shop.checkout.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class TracingSettingsTest {

    @Test
    void takesEmptyVariablesForNone() throws IOException {
        var empty = Map.<String, Object>of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "", "OTEL_TRACES_SAMPLER_ARG", "", "OTEL_EXPORTER_OTLP_HEADERS", "");
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("test", empty));
        new YamlPropertySourceLoader()
                .load("defaults", new ClassPathResource("checkout-defaults.yml"))
                .forEach(environment.getPropertySources()::addLast);

        var settings = Binder.get(environment).bind("checkout.tracing", TracingSettings.class);

        assertThat(settings.get()).isEqualTo(new TracingSettings("", 1.0, ""));
    }

    @Test
    void addsThePathOfTracesToAnyBaseAddress() {
        assertThat(new TracingSettings("http://collector:4318", 1.0, "").address())
                .hasToString("http://collector:4318/v1/traces");
        assertThat(new TracingSettings("https://host/otlp/", 1.0, "").address())
                .hasToString("https://host/otlp/v1/traces");
    }

    @Test
    void readsHeadersAsOpenTelemetryWritesThem() {
        var settings = new TracingSettings("http://collector:4318", 1.0, "api-key=a%20b=+c, tenant=shop");

        assertThat(settings.headersByName()).isEqualTo(Map.of("api-key", "a b=+c", "tenant", "shop"));
        assertThat(settings.toString()).doesNotContain("tenant");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> new TracingSettings("collector:4317", 1.0, ""))
                .hasMessageContaining("checkout.tracing.endpoint");
        assertThatThrownBy(() -> new TracingSettings("", 1.5, "")).hasMessageContaining("checkout.tracing.ratio");
        assertThatThrownBy(() -> new TracingSettings("http://c", 1.0, "key").headersByName())
                .hasMessageContaining("checkout.tracing.headers");
    }
}
