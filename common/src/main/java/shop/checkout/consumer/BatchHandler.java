package shop.checkout.consumer;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Acts on a Kafka poll. It is called within a transaction, perhaps again with the same records; if it throws, all it did is
 * rolled back.
 */
@FunctionalInterface
public interface BatchHandler {

    /**
     * @param batch in the order of each partition
     * @return the records that cannot be handled yet and have to be tried again; all others are done
     */
    List<NotYet> handle(List<ConsumerRecord<String, byte[]>> batch);
}
