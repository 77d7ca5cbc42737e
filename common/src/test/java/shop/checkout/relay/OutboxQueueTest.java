package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20) // less than what is called LONG
class OutboxQueueTest {

    private static final long LONG = Duration.ofSeconds(30).toNanos();
    private static final Coalescing AT_ONCE = new Coalescing(0, 0);
    private static final int MANY = 1_000;
    private static final Schema ROW =
            SchemaBuilder.struct().field("payload", Schema.STRING_SCHEMA).build();
    private static final Schema EVENT =
            SchemaBuilder.struct().field("after", ROW).build();

    private final List<Thread> writers = new ArrayList<>();

    @AfterEach
    void endWriters() {
        writers.forEach(Thread::interrupt);
    }

    @Test
    void handsOnAllThatHasArrivedInOrder() throws InterruptedException {
        var queue = new OutboxQueue(10, Long.MAX_VALUE, AT_ONCE);
        write(queue, 3, "");

        await().until(() -> queue.size() == 3);

        assertThat(numbers(queue.take(MANY, LONG))).containsExactly(1, 2, 3);
    }

    @Test
    void handsOnAnEventAsSoonAsItArrives() throws InterruptedException {
        var queue = new OutboxQueue(10, Long.MAX_VALUE, new Coalescing(LONG, LONG));
        var writer = Thread.ofVirtual().unstarted(() -> put(queue, 1, ""));
        writers.add(writer);
        writer.start();

        assertThat(queue.take(MANY, LONG)).hasSize(1);
    }

    @Test
    void returnsEmptyHandedWhenNothingArrivesInTime() throws InterruptedException {
        assertThat(new OutboxQueue(10, Long.MAX_VALUE, AT_ONCE).take(MANY, 1_000))
                .isEmpty();
    }

    @Test
    void givesNoMoreThanAskedFor() throws InterruptedException {
        var queue = new OutboxQueue(10, Long.MAX_VALUE, AT_ONCE);
        write(queue, 10, "");
        await().until(() -> queue.size() == 10);

        assertThat(numbers(queue.take(4, LONG))).containsExactly(1, 2, 3, 4);
        assertThat(numbers(queue.take(MANY, LONG))).containsExactly(5, 6, 7, 8, 9, 10);
    }

    @Test
    void makesTheReaderWaitWhenItHoldsTooManyRows() throws InterruptedException {
        var queue = new OutboxQueue(5, Long.MAX_VALUE, AT_ONCE);

        var writer = write(queue, 8, "");

        awaitWaiting(writer);
        assertThat(queue.size()).isEqualTo(5);
        assertThat(numbers(queue.take(MANY, LONG))).containsExactly(1, 2, 3, 4, 5);
        await().until(() -> queue.size() == 3);
    }

    @Test
    void makesTheReaderWaitWhenItHoldsTooManyBytes() throws InterruptedException {
        var queue = new OutboxQueue(MANY, 1 << 20, AT_ONCE);

        var writer = write(queue, 40, "x".repeat(50_000));

        awaitWaiting(writer);
        assertThat(queue.size()).isBetween(10, 11);
    }

    @Test
    void letsOneEventPassThatIsLargerThanTheBound() throws InterruptedException {
        var queue = new OutboxQueue(MANY, 1_000, AT_ONCE);
        write(queue, 2, "x".repeat(50_000));

        assertThat(numbers(queue.take(MANY, LONG))).containsExactly(1);
        assertThat(numbers(queue.take(MANY, LONG))).containsExactly(2);
    }

    @Test
    void waitsForABatchToGrowOnlyWhenEventsComeBackToBack() throws InterruptedException {
        var queue = new OutboxQueue(4, Long.MAX_VALUE, new Coalescing(LONG, LONG));
        for (int i = 1; i <= 2; i++) {
            put(queue, i, "");
            assertThat(numbers(queue.take(MANY, LONG))).containsExactly(i);
        }

        put(queue, 1, ""); // there at once, whenever the other thread gets going
        writers.add(Thread.ofPlatform().start(() -> IntStream.rangeClosed(2, 4).forEach(i -> put(queue, i, ""))));

        assertThat(numbers(queue.take(MANY, LONG)))
                .as("the third in a row waits until full")
                .containsExactly(1, 2, 3, 4);
    }

    private Thread write(OutboxQueue queue, int count, String payload) {
        var writer = Thread.ofPlatform()
                .start(() -> IntStream.rangeClosed(1, count).forEach(number -> put(queue, number, payload)));
        writers.add(writer);
        return writer;
    }

    private static void put(OutboxQueue queue, int number, String payload) {
        var event = new Struct(EVENT).put("after", new Struct(ROW).put("payload", payload));
        try {
            queue.enqueue(new DataChangeEvent(
                    new SourceRecord(Map.of(), Map.of("number", number), "topic", 0, EVENT, event)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitWaiting(Thread writer) {
        await().until(() -> writer.getState() == Thread.State.WAITING);
    }

    private static List<Integer> numbers(List<SourceRecord> records) {
        return records.stream()
                .map(record -> (Integer) record.sourceOffset().get("number"))
                .toList();
    }
}
