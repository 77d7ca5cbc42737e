package shop.checkout.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import shop.checkout.embedded.Ports;

/** A collector that does not take spans costs spans, which are counted, and nothing else. */
class CollectorTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Collector.class);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<CompletableResultCode> answer = new AtomicReference<>();
    private final Traces traces = Tracing.to(new Answering(), "test", 1, new Random(1), Clock.systemUTC(), meters);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        answer.get().succeed();
        LOG.detachAppender(lines);
        traces.close();
    }

    @Test
    void dropsWhatFindsNoRoomWithoutWaiting() {
        answer.set(new CompletableResultCode()); // that never comes

        end(traces, Collector.ROOM + 1_000);

        assertThat(count("dropped")).isEqualTo(1_000);
        answer.get().succeed();
        await().atMost(SOON).until(() -> count("exported") == Collector.ROOM);
        end(traces, 1);
        await("room again").atMost(SOON).until(() -> count("exported") == Collector.ROOM + 1);
    }

    @Test
    void countsWhatIsNotTakenAndSaysSoOnce() {
        answer.set(CompletableResultCode.ofExceptionalFailure(new IllegalStateException("503")));
        end(traces, 2_000);
        await().atMost(SOON).until(() -> count("failed") == 2_000);

        answer.set(CompletableResultCode.ofSuccess());
        end(traces, 1);
        await().atMost(SOON).until(() -> count("exported") == 1);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The collector of traces takes no spans, and they are dropped until it does: java.lang.IllegalStateException: 503",
                        "The collector of traces takes spans again");
        assertThat(count("dropped")).isZero();
    }

    @Test
    void mayBeAwayAltogether() throws Exception {
        answer.set(CompletableResultCode.ofSuccess());
        var settings = new TracingSettings("http://127.0.0.1:" + Ports.free(), 1.0, "");
        var lost = Tracing.of("test", settings, new Random(1), Clock.systemUTC(), meters);
        end(lost, 3);

        await().atMost(Duration.ofMinutes(1)).until(() -> count("failed") == 3);
        var began = System.nanoTime();
        end(lost, 3);
        lost.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(lines.list).hasSize(1);
    }

    @Test
    void isNotMadeWithoutAnEndpoint() {
        answer.set(CompletableResultCode.ofSuccess());
        var unused = new SimpleMeterRegistry();
        var before = senders();

        var off = Tracing.of("test", new TracingSettings(" ", 1.0, ""), new Random(1), Clock.systemUTC(), unused);

        assertThat(off.isOn()).isFalse();
        assertThat(unused.getMeters()).isEmpty();
        assertThat(senders()).isEqualTo(before);
    }

    private static long senders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().startsWith("BatchSpanProcessor"))
                .count();
    }

    private double count(String outcome) {
        return meters.get("checkout.trace.spans")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static void end(Traces traces, int spans) {
        for (int i = 0; i < spans; i++) {
            traces.request("GET", "http", "/", Optional.empty()).orElseThrow().answered(Optional.empty(), 200);
        }
    }

    private final class Answering implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return answer.get();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
