package shop.checkout.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Received;
import shop.checkout.consumer.BatchHandler;
import shop.checkout.consumer.NotYet;
import shop.checkout.contract.Topics;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.intent.IntentRecorder;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Undone;
import shop.checkout.participant.Answer;
import shop.checkout.participant.CommandConsumer;
import shop.checkout.participant.CommandHandlers;
import shop.checkout.participant.Workspaces;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** Replicas come, go and die; handlers fail as badly as they can; the partitions are read on. */
class ListenersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** A peer needs 46 s; the promise is 10 s from the death to the last partition. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(10);
    /** Who leaves in order does not let the others wait until it counts as dead. */
    private static final Duration HANDED_OVER = Duration.ofSeconds(6);

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final TestDatabase database = TestDatabase.emptied();
    private final Set<String> handled = ConcurrentHashMap.newKeySet();

    @Test
    void takesOverThePartitionsOfAKilledReplica() throws Exception {
        try (var group = group()) {
            group.start(database, database.transaction(), this::note);
            var victim = group.join();
            assertThat(victim.assignment()).isNotEmpty();

            ConsumerGroup.kill(victim);
            long killed = System.nanoTime();
            group.sendToEach("after");

            await().atMost(SOON).until(() -> handled.size() == Topics.PARTITIONS);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(TAKEN_OVER);
        }
    }

    @Test
    void handsOverThePartitionsOfAReplicaThatIsStopped() throws Exception {
        try (var group = group()) {
            group.start(database, database.transaction(), this::note);
            var leaving = group.start(database, database.transaction(), this::note);
            group.sendToEach("before");
            await().atMost(SOON).until(() -> handled.size() == Topics.PARTITIONS);

            group.stop(leaving);
            long stopped = System.nanoTime();
            group.sendToEach("after");

            await().atMost(SOON).until(() -> handled.size() == 2 * Topics.PARTITIONS);
            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(HANDED_OVER);
        }
    }

    @Test
    void losesNothingAndActsOnNothingTwiceInARebalanceStorm() throws Exception {
        database.commit(() ->
                database.jdbc().execute("drop table if exists acted; create table acted (message_key text not null)"));
        var sagas = Stream.generate(Arrived::newSaga).limit(3_000).toList();
        var chance = new Random(4);
        try (var group = group();
                var sender = Executors.newSingleThreadExecutor()) {
            var replicas = new ArrayList<Listeners>();
            replicas.add(group.start(database, database.transaction(), acting()));
            var sent = sender.submit(() -> sendSlowly(group, sagas));

            for (int round = 0; round < 8; round++) {
                replicas.add(group.start(database, database.transaction(), acting()));
                if (round % 4 == 1) {
                    group.joinActAndDie(database, acting());
                }
                int acted = acted().size();
                await().atMost(SOON).until(() -> sent.isDone() || acted().size() > acted);
                group.stop(replicas.remove(chance.nextInt(replicas.size())));
            }
            sent.get();

            await().atMost(SOON).until(() -> acted().size() >= sagas.size());
        }
        assertThat(acted()).doesNotHaveDuplicates().hasSize(sagas.size());
        assertThat(database.texts("select saga_id from inbox"))
                .containsExactlyInAnyOrderElementsOf(
                        sagas.stream().map(SagaId::toString).toList());
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new StackOverflowError("too deep"),
                new NoClassDefFoundError("not/There"),
                new OutOfMemoryError("no heap"),
                new AssertionError("never"),
                new ClassCastException("not a poll to be skipped"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void readsOnWhateverAHandlerThrows(Throwable failure) throws Exception {
        try (var group = group()) {
            group.start(database, database.transaction(), batch -> {
                if (batch.stream().anyMatch(it -> content(it).equals("bad"))) {
                    throwAny(failure);
                }
                return note(batch);
            });

            group.sendToEach("bad");
            group.sendToEach("good");
            group.send(List.of(Arrived.newSaga()));

            await().atMost(SOON).until(() -> handled.size() == 1); // the others queue behind the bad ones
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(database.texts("select record_key from parked_message"))
                            .hasSize(2 * Topics.PARTITIONS));
            assertThat(database.texts("select distinct reason from parked_message"))
                    .contains(failure.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void readsOnAfterAFailureThatNotEvenParkingSurvives(Throwable failure) throws Exception {
        var left = new AtomicInteger(3);
        var failing = new TransactionTemplate(
                Objects.requireNonNull(database.transaction().getTransactionManager())) {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                boolean listening = Thread.currentThread().getName().contains("-C-"); // not one that sweeps
                if (listening && !handled.isEmpty() && left.getAndDecrement() > 0) {
                    throwAny(failure);
                }
                return super.execute(action);
            }
        };
        try (var group = group()) {
            group.start(database, failing, this::note);
            group.sendToEach("before");
            await().atMost(SOON).until(() -> handled.size() == Topics.PARTITIONS);

            group.sendToEach("after");

            await().atMost(SOON).until(() -> handled.size() == 2 * Topics.PARTITIONS);
            assertThat(left.get()).isNegative();
        }
    }

    private static ConsumerGroup group() throws Exception {
        return new ConsumerGroup("listeners-" + TOPICS.incrementAndGet() + ".commands");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable failure) throws T {
        throw (T) failure;
    }

    private static void sendSlowly(ConsumerGroup group, List<SagaId> sagas) {
        for (int i = 0; i < sagas.size(); i += 10) {
            group.send(sagas.subList(i, i + 10));
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos()); // the load, not a wait
        }
    }

    private List<NotYet> note(List<ConsumerRecord<String, byte[]>> batch) {
        batch.forEach(it -> handled.add(it.partition() + " " + content(it)));
        return List.of();
    }

    private static String content(ConsumerRecord<String, byte[]> kafkaRecord) {
        return new String(kafkaRecord.value(), UTF_8);
    }

    /** A participant whose effects are rows of a table that takes any number of them. */
    private BatchHandler acting() {
        var handlers = CommandHandlers.in(new Acts()).on(ReleaseInventory.class, (acts, _, key) -> {
            acts.add(key);
            return Answer.now(new Undone());
        });
        return new CommandConsumer<>(
                handlers,
                Codec.ofCatalogue(),
                database.inbox(),
                database.outbox(),
                IntentRecorder.NONE,
                new HybridClock(Clock.systemUTC()),
                Traces.off(new Random(1)),
                _ -> {});
    }

    private final class Acts implements Workspaces<List<MessageKey>> {
        @Override
        public List<MessageKey> open(List<Received<?>> messages) {
            return new ArrayList<>();
        }

        @Override
        public void save(List<MessageKey> acts) {
            database.jdbc().update("insert into acted select unnest(?::text[])", (Object)
                    acts.stream().map(MessageKey::toString).toArray(String[]::new));
        }
    }

    private List<String> acted() {
        return database.texts("select message_key from acted");
    }
}
