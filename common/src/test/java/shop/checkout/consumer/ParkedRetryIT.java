package shop.checkout.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Headers;

class ParkedRetryIT {

    private static final String TOPIC = "test.commands";
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestDatabase database = TestDatabase.emptied();
    private final List<ConsumerRecord<String, byte[]>> handled = new CopyOnWriteArrayList<>();

    @Test
    void bringsARecordBackAsItArrived() {
        var kafkaRecord = Arrived.with(TOPIC, "key", "{\"a\":\"ü\"}", Map.of(Headers.ID, "id", "x", "y"));
        park(kafkaRecord);

        retry(Duration.ZERO, this::handle).sweep();

        assertThat(handled).singleElement().satisfies(again -> {
            assertThat(again.topic()).isEqualTo(TOPIC);
            assertThat(again.partition()).isEqualTo(kafkaRecord.partition());
            assertThat(again.offset()).isEqualTo(kafkaRecord.offset());
            assertThat(again.key()).isEqualTo("key");
            assertThat(again.value()).isEqualTo(kafkaRecord.value());
            assertThat(again.headers().toArray())
                    .containsExactlyInAnyOrder(kafkaRecord.headers().toArray());
        });
        assertThat(parked()).isEmpty();
    }

    @Test
    void bringsBackEvenARecordWithoutKeyOrContent() {
        park(new ConsumerRecord<>(TOPIC, 0, 1, null, null));

        retry(Duration.ZERO, this::handle).sweep();

        assertThat(handled).singleElement().satisfies(again -> {
            assertThat(again.key()).isNull();
            assertThat(again.value()).isNull();
        });
    }

    @Test
    void keepsWhatFailsAgainAndCountsTheTries() {
        park(Arrived.with(TOPIC, "key", "x", Map.of()));

        retry(LONG, records -> {
                    handle(records);
                    throw new IllegalStateException("still broken");
                })
                .sweep();

        assertThat(handled).hasSize(1);
        assertThat(parked()).containsExactly("1 java.lang.IllegalStateException: still broken later");
    }

    @Test
    void keepsWhatStillCannotBeHandled() {
        park(Arrived.with(TOPIC, "key", "x", Map.of()));

        retry(LONG, records -> List.of(new NotYet(records.getFirst(), "not visible")))
                .sweep();

        assertThat(database.texts("select reason from parked_message where attempts > 0"))
                .containsExactly("not visible");
    }

    @Test
    void doesNotBlameAMessageForTheDatabasesTrouble() {
        park(Arrived.with(TOPIC, "key", "x", Map.of()));
        var troubled = new AtomicBoolean(true);

        retry(LONG, records -> {
                    if (troubled.getAndSet(false)) {
                        throw new CannotAcquireLockException("deadlock");
                    }
                    return handle(records);
                })
                .sweep();

        assertThat(database.texts("select extract(epoch from due_at - now()) < 1 from parked_message"))
                .isSubsetOf("t");
    }

    @Test
    void undoesWhatAFailedTryHasWritten() {
        park(Arrived.with(TOPIC, "key", "x", Map.of()));

        retry(LONG, records -> {
                    database.jdbc().update("insert into lease values ('x', 'x', 1, now())");
                    throw new IllegalStateException("too late");
                })
                .sweep();

        assertThat(database.texts("select name from lease")).isEmpty();
    }

    @Test
    void doesNotHoldUpTheOthersForOneThatFails() {
        park(Arrived.with(TOPIC, "key", "bad", Map.of()));
        park(Arrived.with(TOPIC, "other key", "good", Map.of()));

        retry(LONG, records -> {
                    if (records.getFirst().value()[0] == 'b') {
                        throw new IllegalStateException("bad");
                    }
                    return handle(records);
                })
                .sweep();

        assertThat(handled).hasSize(1);
        assertThat(parked()).hasSize(1);
    }

    @Test
    void leavesOtherTopicsAndWhatIsNotDueAlone() {
        park(Arrived.with("other.commands", "key", "x", Map.of()));
        database.commit(
                () -> database.parking(LONG.toNanos()).park(Arrived.with(TOPIC, "key", "later", Map.of()), "broken"));

        retry(Duration.ZERO, this::handle).sweep();

        assertThat(handled).isEmpty();
        assertThat(parked()).hasSize(2);
    }

    @Test
    void sharesTheWorkBetweenReplicasAndTriesEachOnce() throws Exception {
        IntStream.range(0, 100).forEach(i -> park(Arrived.with(TOPIC, "key " + i, "x", Map.of())));
        Callable<Void> replica = () -> {
            retry(Duration.ZERO, this::handle).sweep();
            return null;
        };

        try (var replicas = Executors.newFixedThreadPool(3)) {
            for (var swept : replicas.invokeAll(List.of(replica, replica, replica))) {
                swept.get();
            }
        }

        assertThat(handled)
                .extracting(ConsumerRecord::offset)
                .doesNotHaveDuplicates()
                .hasSize(100);
        assertThat(parked()).isEmpty();
    }

    private ParkedRetry retry(Duration delay, BatchHandler handler) {
        return new Replica(database, handler, delay.toNanos()).retry(TOPIC);
    }

    private List<NotYet> handle(List<ConsumerRecord<String, byte[]>> records) {
        handled.addAll(new ArrayList<>(records));
        return List.of();
    }

    private void park(ConsumerRecord<String, byte[]> kafkaRecord) {
        database.commit(() -> database.parking(0).park(kafkaRecord, "broken"));
    }

    private List<String> parked() {
        return database.texts("""
                select concat_ws(' ', attempts, reason, case when due_at > now() then 'later' else 'due' end)
                  from parked_message order by "offset"
                """);
    }
}
