package shop.checkout.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Headers;
import shop.checkout.cost.CountingDataSource;

/** Consumers refuse what a replaced leader sends (R13), and forget nothing of it. */
class FenceIT {

    private static final String TOPIC = "test.commands";
    private static final String SOURCE = "/orchestrator";

    private final TestDatabase database = TestDatabase.emptied();
    private final CountingDataSource statements = database.counting();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong offsets = new AtomicLong();
    private final List<String> handled = new ArrayList<>();

    private Replica replica = started();

    @BeforeEach
    void readsFromNow() {
        statements.countSinceLast();
    }

    @Test
    void refusesAStaleLeaderAfterItsSuccessor() {
        run(sent(0, 4, "new"), sent(0, 3, "stale"));
        run(sent(0, 3, "stale too"), sent(0, 4, "new too"));

        assertThat(handled).containsExactly("new", "new too");
        assertThat(refused()).isEqualTo(2);
    }

    @Test
    void acceptsTheOldLeaderInAPartitionThatItsSuccessorHasNotReached() {
        run(sent(0, 4, "new"), sent(1, 3, "rightly sent before"), sent(0, 3, "stale"));

        assertThat(handled).containsExactly("new", "rightly sent before");
    }

    @Test
    void acceptsASmallerTokenOfAnotherSourceOrTopic() {
        run(sent(0, 4, "new"));
        run(sent(TOPIC, 0, "/payment-service", "2", "other source"), sent("other", 0, SOURCE, "1", "other topic"));

        assertThat(handled).containsExactly("new", "other source", "other topic");
    }

    @Test
    void remembersAcrossRestarts() {
        run(sent(0, 4, "new"));

        replica = started();
        run(sent(0, 3, "stale"), sent(0, 5, "newer"));

        assertThat(handled).containsExactly("new", "newer");
    }

    @Test
    void hearsOfWhatOthersHaveSeenWhenAPartitionComesBack() {
        run(sent(0, 3, "mine"));
        var other = started();
        other.runner.run(List.of(sent(0, 4, "theirs")));

        replica.runner.assigned(List.of(new TopicPartition(TOPIC, 0)));
        run(sent(0, 3, "stale"));

        assertThat(handled).containsExactly("mine", "theirs");
    }

    @Test
    void neverStoresASmallerTokenThanIsThere() {
        run(sent(0, 3, "mine"));
        started().runner.run(List.of(sent(0, 9, "theirs")));

        run(sent(0, 4, "read by a replica that has lost the partition and does not know it"));

        assertThat(database.texts("select token from seen_token")).containsExactly("9");
    }

    @Test
    void hasSeenNothingOfATransactionThatWasRolledBack() {
        assertThatThrownBy(() -> run(sent(0, 4, "trouble"))).isInstanceOf(CannotAcquireLockException.class);

        run(sent(0, 3, "not stale yet"));

        assertThat(handled).containsExactly("not stale yet");
        assertThat(database.texts("select token from seen_token")).containsExactly("3");
    }

    @Test
    void countsWhatIsParkedAsSeen() {
        run(sent(0, 4, "poison"));

        run(sent(0, 3, "stale"));

        assertThat(handled).isEmpty();
        assertThat(database.texts("select convert_from(payload, 'UTF8') from parked_message"))
                .containsExactly("poison");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "four", "99999999999999999999"})
    void leavesARecordWithoutAReadableTokenToItsHandler(String token) {
        run(sent(TOPIC, 0, SOURCE, token, "unreadable"));

        assertThat(handled).containsExactly("unreadable");
        assertThat(database.texts("select token from seen_token")).isEmpty();
    }

    @Test
    void asksAndWritesNothingWhileTheTokenStays() {
        run(sent(0, 4, "first"));
        assertThat(statements.countSinceLast()).isEqualTo(3); // and which keys have parked messages

        run(sent(0, 4, "a"), sent(0, 4, "b"));
        assertThat(statements.countSinceLast()).isZero();

        run(sent(0, 5, "c"), sent(0, 5, "d"));
        assertThat(statements.countSinceLast()).isEqualTo(1);
    }

    private Replica started() {
        return new Replica(statements.jdbc(), statements.transaction(), meters, this::handle, 0);
    }

    private List<NotYet> handle(List<ConsumerRecord<String, byte[]>> batch) {
        var contents = batch.stream().map(it -> new String(it.value(), UTF_8)).toList();
        if (contents.contains("trouble")) {
            throw new CannotAcquireLockException("deadlock");
        }
        if (contents.contains("poison")) {
            throw new IllegalStateException("cannot digest poison");
        }
        handled.addAll(contents);
        return List.of();
    }

    @SafeVarargs
    private void run(ConsumerRecord<String, byte[]>... poll) {
        replica.runner.run(List.of(poll));
    }

    private double refused() {
        return meters.counter("checkout.fence.refused").count();
    }

    private ConsumerRecord<String, byte[]> sent(int partition, long token, String content) {
        return sent(TOPIC, partition, SOURCE, Long.toString(token), content);
    }

    private ConsumerRecord<String, byte[]> sent(
            String topic, int partition, String source, String token, String content) {
        var kafkaRecord = new ConsumerRecord<>(
                topic, partition, offsets.incrementAndGet(), "key " + partition, content.getBytes(UTF_8));
        Map.of(Headers.SOURCE, source, Headers.FENCING_TOKEN, token)
                .forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(UTF_8)));
        return kafkaRecord;
    }
}
