package shop.checkout.parking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many messages are parked, by topic; every replica shows the same, as of its last count. */
public final class ParkedGauge {

    private static final String COUNT = "select topic, count(*) as n from parked_message group by topic";

    private final JdbcTemplate jdbc;
    private final Map<String, AtomicLong> parked;

    public ParkedGauge(JdbcTemplate jdbc, MeterRegistry meters, Collection<String> topics) {
        this.jdbc = jdbc;
        this.parked = topics.stream().distinct().collect(Collectors.toMap(topic -> topic, _ -> new AtomicLong()));
        parked.keySet()
                .forEach(
                        topic -> List.of("parked", "release", "discard") // there from the start, so that 0 is seen as 0
                                .forEach(event -> meters.counter("checkout.parking." + event, "topic", topic)));
        parked.forEach((topic, count) -> Gauge.builder("checkout.parking.now", count, AtomicLong::get)
                .description("Messages that are parked")
                .tag("topic", topic)
                .register(meters));
    }

    /** Counts anew. */
    public void count() {
        Map<String, Long> counts =
                jdbc.query(COUNT, (row, _) -> Map.entry(row.getString("topic"), row.getLong("n"))).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        parked.forEach((topic, count) -> count.set(counts.getOrDefault(topic, 0L)));
    }
}
