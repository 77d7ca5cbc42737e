package shop.checkout.relay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Counts the acknowledgements of one batch. Thread-safe. */
final class Acks implements Callback {

    private final CountDownLatch missing;
    private volatile @Nullable Exception refusal;

    Acks(int expected) {
        missing = new CountDownLatch(expected);
    }

    @Override
    public void onCompletion(RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null && refusal == null) {
            refusal = exception;
        }
        missing.countDown();
    }

    /**
     * True when all are acknowledged.
     *
     * @throws NotPublished when one was refused
     */
    boolean await(Duration limit) throws InterruptedException {
        boolean all = missing.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        failIfRefused();
        return all;
    }

    /** @throws NotPublished when one was refused */
    void failIfRefused() {
        var reason = refusal;
        if (reason != null) {
            throw new NotPublished("Kafka refused a record: " + reason.getMessage(), reason);
        }
    }

    long missing() {
        return missing.getCount();
    }
}
