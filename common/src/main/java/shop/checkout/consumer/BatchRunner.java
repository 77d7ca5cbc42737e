package shop.checkout.consumer;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.parking.Parking;

/**
 * Runs a handler over Kafka polls: one transaction a poll. If that fails, the records are taken one by one, and one that
 * fails alone is parked, so that it costs only itself. When the database is what fails, the error goes to the caller, who
 * tries the same poll again later; nothing is skipped.
 */
public final class BatchRunner {

    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final BatchHandler handler;
    private final Fence fence;
    private final Parking parking;
    private final TransactionTemplate transaction;

    public BatchRunner(BatchHandler handler, Fence fence, Parking parking, TransactionTemplate transaction) {
        this.handler = handler;
        this.fence = fence;
        this.parking = parking;
        this.transaction = transaction;
    }

    /** Other replicas may have read these partitions meanwhile: what is remembered of them is read anew with their next poll. */
    public void assigned(Collection<TopicPartition> partitions) {
        fence.forget(partitions);
    }

    /** Returns when each record is handled, parked or refused, durably. */
    public void run(List<ConsumerRecord<String, byte[]>> batch) {
        try {
            handle(batch);
        } catch (RuntimeException e) {
            if (DatabaseTrouble.causes(e)) {
                throw e;
            }
            if (batch.size() == 1) {
                park(batch.getFirst(), e);
            } else {
                log.warn("A batch of {} failed and is taken one by one: {}", batch.size(), e.toString());
                batch.forEach(kafkaRecord -> run(List.of(kafkaRecord)));
            }
        }
    }

    /** One more try for a record that was parked; throws if it fails. */
    List<NotYet> retry(ConsumerRecord<String, byte[]> kafkaRecord) {
        return handler.handle(List.of(kafkaRecord));
    }

    private void handle(List<ConsumerRecord<String, byte[]>> batch) {
        inTransaction(batch, admitted -> {
            var notYet = handler.handle(admitted);
            notYet.forEach(it -> parking.keepForLater(it.kafkaRecord(), it.reason()));
        });
    }

    private void park(ConsumerRecord<String, byte[]> kafkaRecord, RuntimeException failure) {
        log.error(
                "Parked {}-{}@{} of saga {}: {}",
                kafkaRecord.topic(),
                kafkaRecord.partition(),
                kafkaRecord.offset(),
                kafkaRecord.key(),
                failure.toString(),
                failure);
        inTransaction(List.of(kafkaRecord), admitted -> admitted.forEach(it -> parking.park(it, failure.toString())));
    }

    /** What is accepted, and that it is, is one transaction. */
    private void inTransaction(
            List<ConsumerRecord<String, byte[]>> batch, Consumer<List<ConsumerRecord<String, byte[]>>> work) {
        var committed = transaction.execute(status -> {
            var admission = fence.admit(batch);
            if (!admission.admitted().isEmpty()) {
                work.accept(admission.admitted());
            }
            fence.save(admission);
            return admission;
        });
        fence.committed(committed);
    }
}
