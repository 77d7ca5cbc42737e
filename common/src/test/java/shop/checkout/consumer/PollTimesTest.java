package shop.checkout.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Headers;
import shop.checkout.time.Hlc;

class PollTimesTest {

    private static final long NOW = 1_700_000_000_000L;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PollTimes.OfTopic times =
            new PollTimes(meters, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC)).of("t");

    @Test
    void areThoseOfTheRecordThatHasWaitedLongest() {
        times.measure(List.of(sent(NOW - 5, NOW - 90), sent(NOW - 30, NOW - 40), sent(NOW, NOW - 1)), () -> {});

        assertThat(millis("delivery")).isEqualTo(30);
        assertThat(millis("transit")).isEqualTo(40);
        assertThat(count("handling")).isEqualTo(1);
    }

    @Test
    void areNeverNegativeHoweverClocksDiffer() {
        times.measure(List.of(sent(NOW + 5, NOW + 6)), () -> {});

        assertThat(count("delivery")).isEqualTo(1);
        assertThat(millis("delivery")).isZero();
        assertThat(count("transit")).isEqualTo(1);
        assertThat(millis("transit")).isZero();
    }

    @Test
    void areNotTakenOfAPollThatFails() {
        assertThatThrownBy(() -> times.measure(List.of(sent(NOW, NOW)), () -> {
                    throw new IllegalStateException("no database");
                }))
                .hasMessage("no database");

        assertThat(count("delivery") + count("transit") + count("handling")).isZero();
    }

    @Test
    void doNotTellWhenARecordWasWrittenThatDoesNotSay() {
        times.measure(List.of(new ConsumerRecord<>("t", 0, 0, "key", new byte[0])), () -> {});

        assertThat(count("transit")).isZero();
        assertThat(count("handling")).isEqualTo(1);
    }

    private static ConsumerRecord<String, byte[]> sent(long sentAt, long writtenAt) {
        var headers = new RecordHeaders();
        headers.add(Headers.HLC, Hlc.of(writtenAt, 7).toString().getBytes(UTF_8));
        return new ConsumerRecord<>(
                "t", 0, 0, sentAt, TimestampType.CREATE_TIME, 0, 0, "key", new byte[0], headers, Optional.empty());
    }

    private double millis(String name) {
        return meters.get("checkout.consumer." + name).timer().totalTime(TimeUnit.MILLISECONDS);
    }

    private long count(String name) {
        return meters.get("checkout.consumer." + name).timer().count();
    }
}
