package shop.checkout.parking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.message.MessageKey;

/** A record as columns and back, however broken it is. */
final class StoredRecord {

    private final Codec codec;

    StoredRecord(Codec codec) {
        this.codec = codec;
    }

    /** What its order is kept by. */
    static Optional<String> recordKey(ConsumerRecord<String, ?> kafkaRecord) {
        return Optional.ofNullable(kafkaRecord.key()).map(StoredRecord::storable);
    }

    static Optional<String> messageKey(ConsumerRecord<?, ?> kafkaRecord) {
        return Headers.text(kafkaRecord, Headers.ID).map(StoredRecord::storable);
    }

    /** The message keys whose place in the queue it may take; none if it does not say what it is. */
    static List<String> overtakes(ConsumerRecord<?, ?> kafkaRecord) {
        return messageKey(kafkaRecord)
                .flatMap(StoredRecord::parsed)
                .map(key -> Stream.concat(Stream.of(key), key.makesNeedless().stream())
                        .map(MessageKey::toString)
                        .toList())
                .orElse(List.of());
    }

    static Optional<MessageKey> parsed(String messageKey) {
        try {
            return Optional.of(MessageKey.parse(messageKey));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String headers(ConsumerRecord<?, ?> kafkaRecord) {
        var headers = new LinkedHashMap<String, @Nullable String>();
        kafkaRecord
                .headers()
                .forEach(header -> headers.put(
                        storable(header.key()),
                        header.value() == null ? null : storable(new String(header.value(), UTF_8))));
        return codec.write(headers);
    }

    /** PostgreSQL's texts hold any character but NUL, and what cannot even be parked would block its partition for ever. */
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    @SuppressWarnings("unchecked")
    ParkedMessage read(ResultSet row, int index) throws SQLException {
        var headers = new RecordHeaders();
        Map<String, @Nullable String> stored = codec.read(Map.class, row.getString("headers"));
        stored.forEach((name, value) -> headers.add(name, value == null ? null : value.getBytes(UTF_8)));
        var kafkaRecord = new ConsumerRecord<>(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                row.getString("record_key"),
                row.getBytes("payload"),
                headers,
                Optional.empty());
        return new ParkedMessage(kafkaRecord, row.getInt("attempts"));
    }
}
