package shop.checkout.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A message was acted on together with an earlier one of its key that has to wait: it must not be, so the poll is rolled back. */
final class Overtaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Overtaken(ConsumerRecord<?, ?> by) {
        super(by.topic() + "-" + by.partition() + "@" + by.offset() + " must wait for an earlier message of saga "
                + by.key());
    }
}
