package shop.checkout.consumer;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.parking.ParkedMessage;
import shop.checkout.parking.Parking;

/**
 * Tries the parked messages of a topic again when they are due, those of a record key in their order; any number of replicas
 * may do so at once. What queued behind a message is tried as soon as that is handled.
 */
public final class ParkedRetry {

    private static final Logger log = LoggerFactory.getLogger(ParkedRetry.class);
    /** About ten seconds of retries: what is not visible by then is not coming by itself. */
    private static final int ALARM_AFTER_ATTEMPTS = 12;

    private final String topic;
    private final BatchHandler handler;
    private final KeyOrder order;
    private final Parking parking;
    private final TransactionTemplate transaction;

    public ParkedRetry(
            String topic, BatchHandler handler, KeyOrder order, Parking parking, TransactionTemplate transaction) {
        this.topic = topic;
        this.handler = handler;
        this.order = order;
        this.parking = parking;
        this.transaction = transaction;
    }

    /** Tries all that are due. */
    public void sweep() {
        while (retryNext()) {
            // until none is due
        }
    }

    private boolean retryNext() {
        var tried = new ParkedMessage[1];
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                var due = parking.nextDue(topic);
                due.ifPresent(message -> {
                    tried[0] = message;
                    retry(message);
                });
                return due.isPresent();
            }));
        } catch (RuntimeException | Error e) { // whatever it was, the others must have their turn
            var failed = tried[0];
            if (failed == null) {
                throw e;
            }
            RecordLog.about(failed.kafkaRecord(), log.atWarn())
                    .log(
                            "{} of saga {} failed again: {}",
                            topic,
                            failed.kafkaRecord().key(),
                            e.toString());
            boolean poison = !DatabaseTrouble.causes(e); // else the message is not to blame, and is due again soon
            transaction.executeWithoutResult(status -> parking.postpone(failed, e.toString(), poison));
            return true;
        }
    }

    private void retry(ParkedMessage message) {
        var notYet = handler.handle(List.of(message.kafkaRecord()));
        if (notYet.isEmpty()) {
            parking.remove(message);
            order.handled(message.kafkaRecord());
            return;
        }
        var reason = notYet.getFirst().reason();
        parking.postpone(message, reason, false);
        if (message.attempts() >= ALARM_AFTER_ATTEMPTS) {
            RecordLog.about(message.kafkaRecord(), log.atError())
                    .log(
                            "{} of saga {} still cannot be handled: {}",
                            topic,
                            message.kafkaRecord().key(),
                            reason);
        }
    }
}
