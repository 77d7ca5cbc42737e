package shop.checkout.consumer;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.parking.Parking;

/**
 * Runs a handler over Kafka polls: one transaction a poll. If that fails, the records are taken one by one, and one that
 * fails alone is parked, so that it costs only itself and what comes later of its key, which queues behind it. When the
 * database is what fails, the error goes to the caller, who tries the same poll again later; nothing is skipped.
 */
public final class BatchRunner {

    private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

    private final BatchHandler handler;
    private final Fence fence;
    private final KeyOrder order;
    private final Parking parking;
    private final TransactionTemplate transaction;

    public BatchRunner(
            BatchHandler handler, Fence fence, KeyOrder order, Parking parking, TransactionTemplate transaction) {
        this.handler = handler;
        this.fence = fence;
        this.order = order;
        this.parking = parking;
        this.transaction = transaction;
    }

    /** Other replicas may have read these partitions meanwhile: what is remembered of them is read anew with their next poll. */
    public void assigned(Collection<TopicPartition> partitions) {
        fence.forget(partitions);
        order.forget(partitions);
    }

    /** Returns when each record is handled, parked or refused, durably. */
    public void run(List<ConsumerRecord<String, byte[]>> batch) {
        try {
            handle(batch);
        } catch (RuntimeException | Error e) {
            // an Error as well: a message that overflows the stack is poison like any other
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

    /** What came of a poll, once it is committed. */
    private record Handled(Fence.Admission admission, KeyOrder.Plan plan, List<NotYet> notYet) {}

    private void handle(List<ConsumerRecord<String, byte[]>> batch) {
        var handled = transaction.execute(status -> {
            var admission = fence.admit(batch);
            var plan = order.plan(admission.admitted());
            List<NotYet> notYet = plan.free().isEmpty() ? List.of() : handler.handle(plan.free());
            order.settle(plan, notYet);
            fence.save(admission);
            return new Handled(admission, plan, notYet);
        });
        fence.committed(handled.admission);
        order.committed(handled.plan, handled.notYet);
    }

    private void park(ConsumerRecord<String, byte[]> kafkaRecord, Throwable failure) {
        RecordLog.about(kafkaRecord, log.atError().setCause(failure))
                .log(
                        "Parked {}-{}@{} of saga {}: {}",
                        kafkaRecord.topic(),
                        kafkaRecord.partition(),
                        kafkaRecord.offset(),
                        kafkaRecord.key(),
                        failure.toString());
        var admission = transaction.execute(status -> {
            parking.park(kafkaRecord, failure.toString());
            var admitted = fence.admit(List.of(kafkaRecord));
            fence.save(admitted);
            return admitted;
        });
        fence.committed(admission);
        order.isParked(kafkaRecord);
    }
}
