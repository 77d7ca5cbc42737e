package shop.checkout.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Headers;
import shop.checkout.cost.CountingDataSource;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/** A parked message holds up what comes later of its key, and nothing else (design, parking by key; R8, R10). */
class KeyOrderIT {

    private static final String TOPIC = "payment.commands";
    private static final SagaId A = Arrived.newSaga();
    private static final SagaId B = Arrived.newSaga();
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestDatabase database = TestDatabase.emptied();
    private final CountingDataSource statements = database.counting();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> order = new CopyOnWriteArrayList<>();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();
    private final Set<String> early = ConcurrentHashMap.newKeySet();

    private Replica replica = started(Duration.ZERO);

    @Test
    void letsLaterMessagesOfTheKeyQueueAndOthersFlow() {
        poison.add("charge");

        run(sent(A, "charge"), sent(A, "ship"), sent(B, "charge-b"), sent(A, "thank"));
        run(sent(A, "bill"), sent(B, "ship-b"));

        assertThat(handled).containsExactly("charge-b", "ship-b");
        assertThat(parked()).containsExactly("charge", "ship", "thank", "bill");
    }

    @Test
    void drainsTheQueueInOrderAsSoonAsItsHeadIsHandled() {
        poison.add("charge");
        run(sent(A, "charge"), sent(A, "ship"), sent(A, "thank"));
        poison.clear();

        started(LONG).retry(TOPIC).sweep();

        assertThat(handled).containsExactly("charge", "ship", "thank");
        assertThat(parked()).isEmpty();
    }

    @Test
    void triesNothingBehindAHeadThatFailsAgain() {
        poison.add("charge");
        run(sent(A, "charge"), sent(A, "ship"));

        started(LONG).retry(TOPIC).sweep();

        assertThat(handled).isEmpty();
        assertThat(database.texts("select attempts from parked_message order by \"offset\""))
                .containsExactly("1", "0");
    }

    @Test
    void handlesTheKeyAtOnceAgainWhenNothingOfItIsParkedAnyMore() {
        poison.add("charge");
        run(sent(A, "charge"));
        poison.clear();
        started(LONG).retry(TOPIC).sweep();
        statements.countSinceLast();

        run(sent(A, "ship"));
        int looked = statements.countSinceLast();
        run(sent(A, "thank"));
        int later = statements.countSinceLast();

        assertThat(handled).containsExactly("charge", "ship", "thank");
        assertThat(looked).isGreaterThan(0);
        assertThat(later).isZero();
    }

    @Test
    void asksTheDatabaseOnlyForKeysThatHaveParkedMessages() {
        poison.add("charge");
        run(sent(A, "charge"));
        statements.countSinceLast();

        run(sent(B, "charge-b"), sent(B, "ship-b"));

        assertThat(statements.countSinceLast()).isZero();
    }

    @Test
    void queuesAfterARestart() {
        poison.add("charge");
        run(sent(A, "charge"));

        replica = started(Duration.ZERO);
        run(sent(A, "ship"));

        assertThat(handled).isEmpty();
        assertThat(parked()).containsExactly("charge", "ship");
    }

    @Test
    void queuesBehindWhatAnotherReplicaHasParkedInThePartition() {
        run(sent(A, "charge"));
        poison.add("ship");
        started(Duration.ZERO).runner.run(List.of(sent(A, "ship")));

        replica.runner.assigned(List.of(new TopicPartition(TOPIC, 3)));
        run(sent(A, "thank"));

        assertThat(handled).containsExactly("charge");
    }

    @Test
    void queuesBehindAMessageThatIsTooEarlyEvenInItsOwnPoll() {
        early.add("restock");

        run(sent(A, "restock"), sent(B, "restock-b"), sent(A, "thank"));
        run(sent(A, "bill"));

        assertThat(handled).containsExactly("restock-b");
        early.clear();
        started(LONG).retry(TOPIC).sweep();
        assertThat(handled).containsExactly("restock-b", "restock", "thank", "bill");
    }

    @Test
    void parksWhatIsBroughtAgainOnce() {
        poison.add("charge");
        var poll = List.of(sent(A, "charge"), sent(A, "ship"));

        replica.runner.run(poll);
        replica.runner.run(poll);

        assertThat(parked()).containsExactly("charge", "ship");
        assertThat(handled).isEmpty();
    }

    @Test
    void letsAnUndoTakeThePlaceOfItsOwnCommandAndAnswersThatToo() {
        poison.add("charge");
        run(sent(A, "charge"), sent(A, "charge"), sent(A, "ship"));

        run(sent(A, "charge/undo"));
        assertThat(handled).containsExactly("charge/undo");
        assertThat(parked()).containsExactly("ship");
        started(LONG).retry(TOPIC).sweep();

        assertThat(handled).containsExactly("charge/undo", "ship");
        assertThat(parked()).isEmpty();
        assertThat(database.texts("select distinct name || ' ' || type || ' ' || aggregatetype from outbox"))
                .containsExactly("charge/reply saga.superseded.v1 checkout.replies");
    }

    @Test
    void letsAnUndoThatFailedAtFirstOvertakeToo() {
        poison.addAll(List.of("charge", "charge/undo"));
        run(sent(A, "charge"), sent(A, "charge/undo"));
        poison.remove("charge/undo");

        started(LONG).retry(TOPIC).sweep();

        assertThat(handled).containsExactly("charge/undo");
        assertThat(parked()).isEmpty();
    }

    @Test
    void letsAnUndoQueueBehindAnotherCommand() {
        poison.add("ship");

        run(sent(A, "charge"), sent(A, "ship"), sent(A, "charge/undo"));

        assertThat(handled).containsExactly("charge");
        assertThat(parked()).containsExactly("ship", "charge/undo");
    }

    @Test
    void keepsACommandWhoseUndoIsTooEarlyItself() {
        poison.add("charge");
        early.add("charge/undo");

        run(sent(A, "charge"), sent(A, "charge/undo"));

        assertThat(parked()).containsExactly("charge", "charge/undo");
        assertThat(database.texts("select name from outbox")).isEmpty();
    }

    @Test
    void letsAMessageTakeThePlaceOfAnotherSendingOfItself() {
        poison.add("charge");
        run(sent(A, "charge"), sent(A, "ship"));
        poison.clear();

        run(sent(A, "charge"));

        assertThat(handled).containsExactly("charge");
        assertThat(parked()).containsExactly("ship");
    }

    @Test
    void keepsNoOrderWithoutAKey() {
        poison.add("stray");
        var stray = new ConsumerRecord<String, byte[]>(TOPIC, 3, 1, null, "stray".getBytes(UTF_8));
        var other = new ConsumerRecord<String, byte[]>(TOPIC, 3, 2, null, "other".getBytes(UTF_8));

        replica.runner.run(List.of(stray, other));

        assertThat(handled).containsExactly("other");
    }

    @Test
    @Timeout(60)
    void keepsTheOrderHoweverManyReplicasTryAgain() throws Exception {
        var sagas = IntStream.range(0, 10).mapToObj(_ -> Arrived.newSaga()).toList();
        poison.add("0");
        for (var saga : sagas) {
            run(IntStream.range(0, 10).mapToObj(i -> sent(saga, "" + i)).toList());
        }
        poison.clear();
        Callable<Void> sweep = () -> {
            while (!parked().isEmpty()) {
                started(LONG).retry(TOPIC).sweep();
            }
            return null;
        };

        try (var replicas = Executors.newFixedThreadPool(3)) {
            for (var swept : replicas.invokeAll(List.of(sweep, sweep, sweep))) {
                swept.get();
            }
        }

        var byKey = order.stream().collect(groupingBy(ConsumerRecord::key));
        assertThat(byKey)
                .hasSize(10)
                .allSatisfy((_, records) -> assertThat(records)
                        .extracting(it -> new String(it.value(), UTF_8))
                        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    private Replica started(Duration delay) {
        return new Replica(
                statements.jdbc(), statements.transaction(), new SimpleMeterRegistry(), this::handle, delay.toNanos());
    }

    private List<NotYet> handle(List<ConsumerRecord<String, byte[]>> batch) {
        var notYet = new ArrayList<NotYet>();
        var done = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var kafkaRecord : batch) {
            var content = new String(kafkaRecord.value(), UTF_8);
            if (poison.contains(content)) {
                throw new IllegalStateException("cannot digest " + content);
            }
            if (early.contains(content)) {
                notYet.add(new NotYet(kafkaRecord, "too early"));
            } else {
                done.add(kafkaRecord);
            }
        }
        beforeCommit(() -> {
            done.forEach(it -> handled.add(new String(it.value(), UTF_8)));
            order.addAll(done);
        });
        return notYet;
    }

    /** Whatever is noted by then cannot have been preceded by what waits for this transaction. */
    private static void beforeCommit(Runnable note) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                note.run();
            }
        });
    }

    @SafeVarargs
    private void run(ConsumerRecord<String, byte[]>... poll) {
        run(List.of(poll));
    }

    private void run(List<ConsumerRecord<String, byte[]>> poll) {
        replica.runner.run(poll);
    }

    private List<String> parked() {
        return database.texts("select convert_from(payload, 'UTF8') from parked_message order by \"offset\"");
    }

    private static ConsumerRecord<String, byte[]> sent(SagaId saga, String name) {
        var headers = Map.of(
                Headers.ID, new MessageKey(saga, name).toString(),
                Headers.REPLY_TO, "checkout.replies",
                Headers.SEND, "1");
        return Arrived.with(TOPIC, saga.toString(), name, headers);
    }
}
