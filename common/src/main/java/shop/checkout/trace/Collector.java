package shop.checkout.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where ended spans go: by a thread of its own, in batches, from a queue of limited length. A span that finds no room is dropped, and so
 * is a batch that the collector does not take in the end; each is counted, and whoever ended the span has not waited.
 */
final class Collector implements SpanProcessor {

    /** Of the thread that sends: spans that wait, or are being sent. */
    static final int ROOM = 8_192;

    private static final Logger log = LoggerFactory.getLogger(Collector.class);
    private static final int BATCH = 512;
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(1);

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean inTrouble = new AtomicBoolean();
    private final SpanProcessor batches;
    private final Counter exported;
    private final Counter dropped;
    private final Counter failed;

    Collector(SpanExporter exporter, MeterRegistry meters) {
        batches = BatchSpanProcessor.builder(new Counting(exporter))
                .setMaxQueueSize(ROOM)
                .setMaxExportBatchSize(BATCH)
                .setScheduleDelay(AT_LEAST_EVERY)
                .build();
        exported = counter(meters, "exported");
        dropped = counter(meters, "dropped");
        failed = counter(meters, "failed");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("checkout.trace.spans")
                .tag("outcome", outcome)
                .description(
                        "Spans that the collector has taken, that found no room in the queue, or that it did not take")
                .register(meters);
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        if (waiting.incrementAndGet() > ROOM) {
            waiting.decrementAndGet();
            dropped.increment();
        } else {
            batches.onEnd(span);
        }
    }

    private void sent(int spans, CompletableResultCode result) {
        waiting.addAndGet(-spans);
        if (result.isSuccess()) {
            exported.increment(spans);
            if (inTrouble.compareAndSet(true, false)) {
                log.info("The collector of traces takes spans again");
            }
        } else {
            failed.increment(spans);
            if (inTrouble.compareAndSet(false, true)) {
                log.warn(
                        "The collector of traces takes no spans, and they are dropped until it does: {}",
                        String.valueOf(result.getFailureThrowable()));
            }
        }
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return batches.forceFlush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return batches.shutdown();
    }

    private final class Counting implements SpanExporter {

        private final SpanExporter exporter;

        Counting(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size(); // the caller clears its list
            var result = exporter.export(spans);
            return result.whenComplete(() -> sent(count, result));
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
