package shop.checkout.trace;

import static java.util.Comparator.comparing;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Traces whose collector is this object. */
public final class RecordedTraces {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Traces traces;

    public RecordedTraces() {
        this(1);
    }

    RecordedTraces(double ratio) {
        var provider = SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build();
        traces = Traces.by(provider, new Random(1), Clock.systemUTC(), provider::close);
    }

    public Traces traces() {
        return traces;
    }

    /** All that have ended. */
    public List<SpanData> spans() {
        return spans.getFinishedSpanItems();
    }

    public SpanData named(String name) {
        return spans().stream()
                .filter(it -> it.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " among\n" + tree()));
    }

    /** Each span on a line of its own, further right than its parent, with its events and what went wrong. */
    public String tree() {
        var known = spans().stream().map(SpanData::getSpanId).collect(Collectors.toSet());
        return spans().stream()
                .filter(it -> !known.contains(it.getParentSpanId()))
                .sorted(comparing(SpanData::getStartEpochNanos).thenComparing(SpanData::getName))
                .flatMap(it -> lines(it, ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<String> lines(SpanData span, String indent) {
        var children = spans().stream()
                .filter(it -> it.getParentSpanId().equals(span.getSpanId()))
                .sorted(comparing(SpanData::getStartEpochNanos).thenComparing(SpanData::getName))
                .flatMap(it -> lines(it, indent + "  "));
        return Stream.concat(Stream.of(indent + line(span)), children);
    }

    private static String line(SpanData span) {
        var events = span.getEvents().stream().map(EventData::getName).map(it -> " [" + it + "]");
        var failure = span.getStatus().equals(StatusData.unset())
                ? Stream.<String>empty()
                : Stream.of(" ! " + span.getStatus().getDescription());
        return span.getKind() + " " + span.getName()
                + Stream.concat(events, failure).collect(Collectors.joining());
    }
}
