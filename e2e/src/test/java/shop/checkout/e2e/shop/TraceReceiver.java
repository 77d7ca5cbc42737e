package shop.checkout.e2e.shop;

import static java.util.Comparator.comparing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small collector of traces: takes OTLP over HTTP, as any would, and keeps what it is told. */
public final class TraceReceiver {

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Listens until this JVM ends. */
    TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a collector of traces", e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** A span, as it was told. */
    public record Span(
            String service,
            String traceId,
            String id,
            String parent,
            String kind,
            String name,
            long start,
            long end,
            boolean failed,
            Map<String, String> attributes) {

        String line() {
            return service + " " + kind + " " + name + (failed ? " !" : "");
        }
    }

    /** Of services that are to tell of sampled requests only. */
    Map<String, String> environment() {
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "OTEL_TRACES_SAMPLER_ARG",
                "0");
    }

    /** All of a trace so far. */
    public List<Span> spans(String traceId) {
        return spans.stream().filter(it -> it.traceId.equals(traceId)).toList();
    }

    /** All that was ever told of. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Each span of a trace on a line of its own, further right than its parent, the sending first, the rest in the order of time. */
    public String tree(String traceId) {
        var all = spans(traceId);
        var known = all.stream().map(Span::id).collect(Collectors.toSet());
        return all.stream()
                .filter(it -> !known.contains(it.parent))
                .sorted(comparing(Span::start))
                .flatMap(it -> lines(all, it, ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> lines(List<Span> all, Span span, String indent) {
        var children = all.stream()
                .filter(it -> it.parent.equals(span.id))
                .sorted(comparing((Span it) -> !it.name.startsWith("send ")).thenComparing(Span::start))
                .flatMap(it -> lines(all, it, indent + "  "));
        return Stream.concat(Stream.of(indent + span.line()), children);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
                    .flatMap(TraceReceiver::read)
                    .forEach(spans::add);
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Stream<Span> read(ResourceSpans told) {
        var service = attributes(told.getResource().getAttributesList()).getOrDefault("service.name", "?");
        return told.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> new Span(
                        service,
                        hex(span.getTraceId()),
                        hex(span.getSpanId()),
                        hex(span.getParentSpanId()),
                        span.getKind().name().replace("SPAN_KIND_", ""),
                        span.getName(),
                        span.getStartTimeUnixNano(),
                        span.getEndTimeUnixNano(),
                        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                        attributes(span.getAttributesList())));
    }

    /** Texts and whole numbers. */
    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        it -> it.getValue().hasIntValue()
                                ? Long.toString(it.getValue().getIntValue())
                                : it.getValue().getStringValue()));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
