package shop.checkout.consumer;

import static java.util.Comparator.comparingLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.codec.Headers;
import shop.checkout.metrics.HopTimer;
import shop.checkout.time.Hlc;

/**
 * How long messages take to come here and to be acted on: one measurement a poll, of the record that has waited longest on Kafka. Only
 * what was committed counts. Thread-safe.
 */
public final class PollTimes {

    private final MeterRegistry meters;
    private final Clock clock;

    public PollTimes(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /** Those of one topic. */
    public OfTopic of(String topic) {
        var transit = timer("checkout.consumer.transit", topic)
                .description("From the writing of a poll's oldest record, by its writer's clock, to its arrival here")
                .register(meters);
        var delivery = timer("checkout.consumer.delivery", topic)
                .description(
                        "From a relay's handing of that record to Kafka, by the relay's clock, to its arrival here")
                .register(meters);
        var handling = timer("checkout.consumer.handling", topic)
                .description("From the arrival of a poll to the commit of what it led to")
                .register(meters);
        return new OfTopic(clock, transit, delivery, handling);
    }

    private static Timer.Builder timer(String name, String topic) {
        return HopTimer.named(name).tag("topic", topic);
    }

    /** The times of one topic's polls. */
    public record OfTopic(Clock clock, Timer transit, Timer delivery, Timer handling) {

        /** @param work returns when the poll is dealt with, durably; what it throws goes to the caller */
        public void measure(List<ConsumerRecord<String, byte[]>> poll, Runnable work) {
            long arrived = clock.millis();
            long began = System.nanoTime();
            work.run();
            handling.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            poll.stream().min(comparingLong(ConsumerRecord::timestamp)).ifPresent(oldest -> {
                record(delivery, arrived - oldest.timestamp());
                writtenAt(oldest).ifPresent(at -> record(transit, arrived - at));
            });
        }

        /** Clocks may differ. */
        private static void record(Timer timer, long millis) {
            timer.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
        }
    }

    /** None if it does not say so. */
    private static Optional<Long> writtenAt(ConsumerRecord<String, byte[]> kafkaRecord) {
        return Headers.text(kafkaRecord, Headers.HLC)
                .filter(it -> it.matches("[0-9]{1,18}"))
                .map(it -> Hlc.parse(it).epochMillis());
    }
}
