package shop.checkout.parking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The parked messages of one record key, in their order. What comes later stays behind them, but for this: a message takes the
 * place of another sending of itself, and an undo the place of the command that it undoes (which would do nothing after it).
 * So a message may be acted on when nothing is ahead of it, or when it takes the place of the first.
 */
public final class KeyQueue {

    private record Waiting(long offset, Optional<String> messageKey) {}

    private final List<Waiting> waiting = new ArrayList<>();

    public void add(ConsumerRecord<String, ?> kafkaRecord) {
        add(kafkaRecord.offset(), StoredRecord.messageKey(kafkaRecord));
    }

    void add(long offset, Optional<String> messageKey) {
        waiting.add(new Waiting(offset, messageKey));
    }

    /**
     * Lets a message through, which takes the place of what it overtakes, or puts it at the end.
     *
     * @return whether it may be acted on now
     */
    public boolean lets(ConsumerRecord<String, ?> kafkaRecord) {
        var overtakes = StoredRecord.overtakes(kafkaRecord);
        var first =
                waiting.stream().filter(it -> it.offset <= kafkaRecord.offset()).findFirst();
        if (first.isEmpty()
                || first.get().messageKey.filter(overtakes::contains).isPresent()) {
            waiting.removeIf(it -> it.offset <= kafkaRecord.offset()
                    && it.messageKey.filter(overtakes::contains).isPresent());
            return true;
        }
        add(kafkaRecord);
        return false;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}
