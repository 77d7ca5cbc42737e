package shop.checkout.trace;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Makes {@link Traces} as they are asked for. */
public final class Tracing {

    private static final long LAST_WORDS_SECONDS = 3;

    private Tracing() {}

    /** Without an endpoint nothing is made: no exporter, no thread, no meter. */
    public static Traces of(
            String service, TracingSettings settings, RandomGenerator random, Clock clock, MeterRegistry meters) {
        return settings.isOn()
                ? to(exporter(settings), service, settings.ratio(), random, clock, meters)
                : Traces.off(random);
    }

    static Traces to(
            SpanExporter exporter,
            String service,
            double ratio,
            RandomGenerator random,
            Clock clock,
            MeterRegistry meters) {
        var provider = SdkTracerProvider.builder()
                .setResource(resource(service))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(new Collector(exporter, meters))
                .build();
        return Traces.by(provider, random, clock, () -> provider.shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS));
    }

    private static SpanExporter exporter(TracingSettings settings) {
        var exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(settings.address().toString());
        settings.headersByName().forEach(exporter::addHeader);
        return exporter.build();
    }

    /** Replicas are told apart by where they run. */
    private static Resource resource(String service) {
        var host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        return Resource.getDefault()
                .merge(Resource.create(Attributes.builder()
                        .put("service.namespace", "checkout-saga")
                        .put("service.name", service)
                        .put(
                                "service.instance.id",
                                host + "/" + ProcessHandle.current().pid())
                        .build()));
    }
}
