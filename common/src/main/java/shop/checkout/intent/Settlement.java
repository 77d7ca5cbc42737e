package shop.checkout.intent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/**
 * Writes down what came of remote calls: all outcomes that are there at the moment in one transaction, with the replies to
 * their commands. An outcome that cannot be written comes back with its claim, as a repeated call.
 */
final class Settlement<O> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);
    private static final int MAX_BATCH = 500;
    private static final Duration DATABASE_PAUSE = Duration.ofMillis(500);

    private record Outcome<O>(MessageKey command, O outcome) {}

    private final IntentTransactions<O> transactions;
    private final RemoteEffect<?, O> effect;
    private final IntentRecorder recorder;
    private final BlockingQueue<Outcome<O>> queue;
    private final Thread thread =
            Thread.ofPlatform().name("settlement").daemon().unstarted(this::run);
    private volatile boolean closed;

    /** @param recorder takes note of the calls that follow from an outcome */
    Settlement(IntentTransactions<O> transactions, RemoteEffect<?, O> effect, IntentRecorder recorder, int capacity) {
        this.transactions = transactions;
        this.effect = effect;
        this.recorder = recorder;
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    void start() {
        thread.start();
    }

    void add(MessageKey command, O outcome) throws InterruptedException {
        queue.put(new Outcome<>(command, outcome));
    }

    /** Returns when what was added is settled, or the database cannot be reached. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed || !queue.isEmpty()) {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, MAX_BATCH - 1);
                    settle(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(List<Outcome<O>> batch) throws InterruptedException {
        while (!written(batch) && !closed) {
            Thread.sleep(DATABASE_PAUSE);
        }
    }

    /** @return false when the database is in trouble and the batch should be tried again */
    private boolean written(List<Outcome<O>> batch) throws InterruptedException {
        try {
            write(batch);
        } catch (RuntimeException e) {
            if (DatabaseTrouble.causes(e)) {
                log.warn("{} outcomes cannot be written yet: {}", batch.size(), e.toString());
                return false;
            }
            settleApart(batch, e);
        }
        return true;
    }

    private void write(List<Outcome<O>> batch) {
        var outcomes = new LinkedHashMap<MessageKey, O>();
        batch.forEach(it -> outcomes.put(it.command(), it.outcome()));
        transactions.transaction().executeWithoutResult(status -> {
            var followUps = new ArrayList<MessageKey>();
            var replies = effect.settle(outcomes, followUps::addAll);
            transactions.answer(outcomes, replies);
            recorder.record(followUps);
        });
    }

    private void settleApart(List<Outcome<O>> batch, RuntimeException failure) throws InterruptedException {
        if (batch.size() == 1) {
            var command = batch.getFirst().command();
            log.atError()
                    .addKeyValue(SagaId.LOG_FIELD, command.sagaId())
                    .setCause(failure)
                    .log("{}: its outcome cannot be written; the call will be repeated", command);
            return;
        }
        for (var outcome : batch) {
            settle(List.of(outcome));
        }
    }
}
