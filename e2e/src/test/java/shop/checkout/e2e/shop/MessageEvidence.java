package shop.checkout.e2e.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.e2e.guarantee.Evidence.Delivered;
import shop.checkout.e2e.guarantee.Evidence.MessageKey;
import shop.checkout.e2e.guarantee.Evidence.Pending;
import shop.checkout.e2e.guarantee.Evidence.Sent;

/** What the services' outboxes and Kafka say. */
final class MessageEvidence {

    /** How each service names itself on its messages. */
    private static final Map<Part, String> SOURCES = new EnumMap<>(Map.of(
            Part.ORCHESTRATOR, "/orchestrator",
            Part.INVENTORY, "/inventory-service",
            Part.PAYMENT, "/payment-service",
            Part.SHIPPING, "/shipping-service"));

    /** Far longer than a relay takes; what is missing then is lost. */
    private static final Duration PUBLISHED_LIMIT = Duration.ofSeconds(60);

    private final Databases databases;
    private final Topics topics;

    MessageEvidence(Databases databases, Topics topics) {
        this.databases = databases;
        this.topics = topics;
    }

    List<Sent> outbox() {
        var rows = new ArrayList<Sent>();
        SOURCES.forEach((part, source) -> rows.addAll(databases.query(
                part,
                "select aggregatetype, aggregateid, name, send from outbox",
                row -> new Sent(
                        source,
                        row.getString(1),
                        new MessageKey(row.getObject(2, UUID.class), row.getString(3)),
                        row.getInt(4)))));
        return rows;
    }

    /** What is on Kafka, once all of these rows are, or after a while without some of them. */
    List<Delivered> delivered(List<Sent> rows) {
        var end = System.nanoTime() + PUBLISHED_LIMIT.toNanos();
        var delivered = delivered();
        while (!rowsOf(delivered).containsAll(rows) && System.nanoTime() < end) {
            delivered = delivered();
        }
        return delivered;
    }

    private static Set<Sent> rowsOf(List<Delivered> delivered) {
        return delivered.stream()
                .map(it -> new Sent(it.source(), it.topic(), it.key(), it.send()))
                .collect(toSet());
    }

    private List<Delivered> delivered() {
        return topics.read(_ -> true).stream().map(MessageEvidence::delivered).toList();
    }

    /** Remote calls that are still to be made, and messages that could not be handled. */
    List<Pending> pending() {
        var pending = new ArrayList<Pending>();
        SOURCES.keySet().forEach(part -> {
            pending.addAll(databases.query(
                    part,
                    "select saga_id from intent",
                    row -> new Pending("intent of " + part, row.getObject(1, UUID.class))));
            pending.addAll(databases.query(
                    part,
                    "select record_key from parked_message",
                    row -> new Pending("message parked at " + part, UUID.fromString(row.getString(1)))));
        });
        return pending;
    }

    static MessageKey key(ConsumerRecord<String, byte[]> it) {
        return key(header(it, "ce_id").orElseThrow());
    }

    private static Delivered delivered(ConsumerRecord<String, byte[]> it) {
        return new Delivered(
                header(it, "ce_source").orElse("?"),
                it.topic(),
                it.partition(),
                it.offset(),
                it.key(),
                key(it),
                Integer.parseInt(header(it, "ce_send").orElseThrow()),
                Long.parseLong(header(it, "ce_hlc").orElseThrow()),
                Long.parseLong(header(it, "ce_fencingtoken").orElseThrow()),
                header(it, "ce_causationid").map(MessageEvidence::key));
    }

    private static MessageKey key(String text) {
        int slash = text.indexOf('/');
        return new MessageKey(UUID.fromString(text.substring(0, slash)), text.substring(slash + 1));
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> it, String name) {
        return Optional.ofNullable(it.headers().lastHeader(name)).map(header -> new String(header.value(), UTF_8));
    }
}
