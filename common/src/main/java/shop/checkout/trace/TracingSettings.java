package shop.checkout.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where spans go, and of which requests. Services take them from the variables that OpenTelemetry has made usual:
 * {@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code OTEL_TRACES_SAMPLER_ARG}, {@code OTEL_EXPORTER_OTLP_HEADERS}. One that is empty counts as
 * none, as OpenTelemetry has it.
 *
 * @param endpoint where a collector takes OTLP over HTTP, such as {@code http://collector:4318}; empty for no traces
 * @param ratio which part of the requests is traced, 0 to 1, of those whose caller has not decided it by a {@code traceparent}; a
 *     boxed number, because Spring takes its default for an empty text, and no number at all for a {@code double}
 * @param headers that the collector wants, such as a key: {@code name=value,…}, percent-encoded
 */
@ConfigurationProperties("checkout.tracing")
public record TracingSettings(
        @DefaultValue("") String endpoint,
        @DefaultValue("1") Double ratio,
        @DefaultValue("") String headers) {

    public TracingSettings {
        if (!endpoint.isBlank() && !endpoint.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "checkout.tracing.endpoint must be an address like http://collector:4318 but is " + endpoint);
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("checkout.tracing.ratio must be between 0 and 1 but is " + ratio);
        }
    }

    boolean isOn() {
        return !endpoint.isBlank();
    }

    /** Of traces; the same path at every collector. */
    URI address() {
        return URI.create(endpoint.strip().replaceFirst("/+$", "") + "/v1/traces");
    }

    /** @throws IllegalArgumentException when they are no list of name=value */
    Map<String, String> headersByName() {
        var byName = new LinkedHashMap<String, String>();
        for (var header : headers.split(",")) {
            var parts = header.split("=", 2);
            if (parts.length == 2) {
                byName.put(parts[0].strip(), URLDecoder.decode(parts[1].strip().replace("+", "%2B"), UTF_8));
            } else if (!header.isBlank()) {
                throw new IllegalArgumentException("checkout.tracing.headers must be name=value,name=value");
            }
        }
        return byName;
    }

    /** Without the headers, which are secret. */
    @Override
    public String toString() {
        return "traces of " + ratio + " of the requests to " + endpoint;
    }
}
