package shop.checkout.parking;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What messages keep their order by: the record key within its topic. */
public record RecordKey(String topic, String key) {

    /** Empty for a record without key, which keeps no order. */
    public static Optional<RecordKey> of(ConsumerRecord<String, ?> kafkaRecord) {
        return StoredRecord.recordKey(kafkaRecord).map(key -> new RecordKey(kafkaRecord.topic(), key));
    }
}
