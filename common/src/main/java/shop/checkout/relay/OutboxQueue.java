package shop.checkout.relay;

import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the log and waits to be published: bounded in rows and in bytes, in order, and a reader can wait on it.
 *
 * <p>Debezium's own queue is looked at once a poll interval, which either burns the processor or costs half a second a hop.
 * One thread puts, one takes. When it is full the putting thread waits, PostgreSQL's walsender with it, and the log keeps the rest.
 */
final class OutboxQueue implements QueueProvider<DataChangeEvent> {

    /** About what a change event of an outbox row weighs beside its payload: structs, offsets, strings. */
    private static final int EVENT_BYTES = 3_000;

    private static final int BUSY_TAKES = 3;

    private record Waiting(SourceRecord record, long bytes) {}

    private final int maxRows;
    private final long maxBytes;
    private final Coalescing coalescing;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private long bytes;
    private int wanted = 1;
    private int busyTakes;

    OutboxQueue(int maxRows, long maxBytes, Coalescing coalescing) {
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
        this.coalescing = coalescing;
    }

    @Override
    public void enqueue(DataChangeEvent event) throws InterruptedException {
        var record = event.getRecord();
        long weight = EVENT_BYTES + 2L * payloadLength(record);
        lock.lockInterruptibly();
        try {
            while (isFull()) {
                taken.await();
            }
            waiting.add(new Waiting(record, weight));
            bytes += weight;
            if (waiting.size() >= wanted || isFull()) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next events in order, as soon as there is one; if the queue is busy, after a moment in which more come together.
     *
     * @return empty when none came in time
     */
    List<SourceRecord> take(int most, long limitNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long waited = awaitRows(1, limitNanos);
            if (waiting.isEmpty()) {
                return List.of();
            }
            busyTakes = coalescing.isBusyAfter(waited) ? busyTakes + 1 : 0;
            if (busyTakes >= BUSY_TAKES) {
                awaitRows(most, coalescing.waitNanos());
            }
            return drain(most);
        } finally {
            lock.unlock();
        }
    }

    private long awaitRows(int rows, long limitNanos) throws InterruptedException {
        long left = limitNanos;
        wanted = rows;
        while (waiting.size() < rows && !isFull() && left > 0) {
            left = arrived.awaitNanos(left);
        }
        return limitNanos - left;
    }

    private List<SourceRecord> drain(int most) {
        var drained = new ArrayList<SourceRecord>(Math.min(most, waiting.size()));
        while (drained.size() < most && !waiting.isEmpty()) {
            drained.add(next());
        }
        taken.signal();
        return drained;
    }

    private SourceRecord next() {
        var next = waiting.remove();
        bytes -= next.bytes();
        return next.record();
    }

    /** One event may go beyond the bytes, so that one that is larger than the bound still passes. */
    private boolean isFull() {
        return waiting.size() >= maxRows || bytes >= maxBytes;
    }

    private static int payloadLength(SourceRecord record) {
        return record.value() instanceof Struct value
                        && value.schema().field("after") != null
                        && value.getStruct("after") instanceof Struct row
                        && row.get("payload") instanceof String payload
                ? payload.length()
                : 0;
    }

    @Override
    public @Nullable DataChangeEvent poll() {
        lock.lock();
        try {
            return waiting.isEmpty() ? null : new DataChangeEvent(next());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public void configure(Map<String, ?> settings) {}
}
