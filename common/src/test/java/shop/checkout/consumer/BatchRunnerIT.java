package shop.checkout.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Headers;
import shop.checkout.jdbc.DatabaseTrouble;

class BatchRunnerIT {

    private final TestDatabase database = TestDatabase.emptied();
    private final List<Integer> batches = new ArrayList<>();

    @Test
    void takesAPollAsOneTransaction() {
        runner(this::note).run(records("a", "b", "c"));

        assertThat(batches).containsExactly(3);
        assertThat(noted()).containsExactly("a", "b", "c");
        assertThat(database.texts("select distinct xmin from noted")).hasSize(1);
    }

    @Test
    void parksThePoisonAndHandlesTheRest() {
        runner(this::noteButPoison).run(records("a", "poison", "c"));

        assertThat(noted()).containsExactly("a", "c");
        assertThat(parked()).containsExactly("poison: java.lang.IllegalStateException: cannot digest poison");
        assertThat(batches).containsExactly(3, 1, 1, 1);
    }

    @Test
    void parksARecordOnceHoweverOftenKafkaBringsIt() {
        var poll = records("poison");

        runner(this::noteButPoison).run(poll);
        runner(this::noteButPoison).run(poll);

        assertThat(parked()).hasSize(1);
    }

    @Test
    void parksAPoisonThatNoTextColumnCouldHold() {
        var poison = Arrived.with(
                "test.commands", "key\u0000", "poison", Map.of(Headers.ID, "a\u0000b", "trace\u0000", "\u0000"));

        runner(records -> {
                    throw new IllegalStateException("cannot digest \u0000 " + "x".repeat(100_000));
                })
                .run(List.of(poison));

        assertThat(parked()).hasSize(1);
        assertThat(parked().getFirst().length()).isLessThan(3_000);
    }

    @Test
    void keepsWhatCannotBeHandledYet() {
        runner(records -> List.of(new NotYet(records.getFirst(), "its saga is not visible")))
                .run(records("early", "b"));

        assertThat(parked()).containsExactly("early: its saga is not visible");
    }

    @Test
    void givesTheWholePollBackWhenTheDatabaseIsInTrouble() {
        var runner = runner(records -> {
            note(records);
            throw new CannotAcquireLockException("deadlock");
        });

        assertThatThrownBy(() -> runner.run(records("a", "b"))).isInstanceOf(CannotAcquireLockException.class);

        assertThat(batches).containsExactly(2);
        assertThat(noted()).isEmpty();
        assertThat(parked()).isEmpty();
    }

    @Test
    void doesNotTakeALostConnectionForPoison() {
        var runner = runner(records -> {
            note(records);
            database.jdbc().execute("select pg_terminate_backend(pg_backend_pid())");
            return List.of();
        });

        assertThatThrownBy(() -> runner.run(records("a", "b")))
                .satisfies(e -> assertThat(DatabaseTrouble.causes(e)).isTrue());

        assertThat(batches).containsExactly(2);
        assertThat(noted()).isEmpty();
        assertThat(parked()).isEmpty();
    }

    @Test
    void doesNotTakeAConnectionLostAtCommitForPoison() {
        var runner = runner(records -> {
            note(records);
            var mine = database.texts("select pg_backend_pid()").getFirst();
            try (var other = new OtherConnection()) {
                other.terminate(mine);
            }
            return List.of();
        });

        assertThatThrownBy(() -> runner.run(records("a", "b")))
                .satisfies(e -> assertThat(DatabaseTrouble.causes(e)).isTrue());

        assertThat(parked()).isEmpty();
    }

    /** As the pool does when it finds a connection broken, or too old, under its user. */
    @Test
    void doesNotTakeAConnectionThatThePoolHasClosedForPoison() {
        var runner = runner(records -> {
            batches.add(records.size());
            var pool = Objects.requireNonNull(database.jdbc().getDataSource());
            try (var connection = pool.getConnection()) {
                connection.close();
                connection.createStatement();
                return List.of();
            } catch (SQLException e) {
                throw new IllegalStateException("as Hibernate hides it", e);
            }
        });

        assertThatThrownBy(() -> runner.run(records("a", "b")))
                .satisfies(e -> assertThat(DatabaseTrouble.causes(e)).isTrue())
                .hasStackTraceContaining("Connection is closed");

        assertThat(batches).containsExactly(2);
        assertThat(parked()).isEmpty();
    }

    @Test
    void doesNotTakeAPoolThatIsExhaustedForPoison() {
        var config = new HikariConfig();
        config.setDataSource(Objects.requireNonNull(database.jdbc().getDataSource()));
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (var pool = new HikariDataSource(config)) {
            var runner = runner(records -> {
                batches.add(records.size());
                try (var _ = pool.getConnection();
                        var none = pool.getConnection()) {
                    throw new AssertionError("the pool has one connection only, and not " + none);
                } catch (SQLException e) {
                    throw new IllegalStateException("no connection for a second look", e);
                }
            });

            assertThatThrownBy(() -> runner.run(records("a", "b"))).hasMessage("no connection for a second look");
        }

        assertThat(batches).containsExactly(2);
        assertThat(parked()).isEmpty();
    }

    @Test
    void parksWhatTheDatabaseWillAlwaysRefuse() {
        runner(records -> {
                    batches.add(records.size());
                    records.forEach(it -> database.jdbc()
                            .update("insert into noted values (?)", content(it).equals("b") ? null : content(it)));
                    return List.of();
                })
                .run(records("a", "b", "c"));

        assertThat(noted()).containsExactly("a", "c");
        assertThat(parked()).hasSize(1).first().asString().startsWith("b: org.springframework.dao.DataIntegrity");
    }

    private BatchRunner runner(BatchHandler handler) {
        database.commit(() ->
                database.jdbc().execute("drop table if exists noted; create table noted (content text not null)"));
        return new Replica(database, handler, Duration.ofSeconds(1).toNanos()).runner;
    }

    private List<NotYet> note(List<ConsumerRecord<String, byte[]>> records) {
        batches.add(records.size());
        records.forEach(it -> database.jdbc().update("insert into noted values (?)", content(it)));
        return List.of();
    }

    private List<NotYet> noteButPoison(List<ConsumerRecord<String, byte[]>> records) {
        note(records);
        if (records.stream().anyMatch(it -> content(it).equals("poison"))) {
            throw new IllegalStateException("cannot digest poison");
        }
        return List.of();
    }

    private List<String> noted() {
        return database.texts("select content from noted order by content");
    }

    private List<String> parked() {
        return database.texts(
                "select convert_from(payload, 'UTF8') || ': ' || reason from parked_message order by \"offset\"");
    }

    private static List<ConsumerRecord<String, byte[]>> records(String... contents) {
        return Stream.of(contents)
                .map(content -> Arrived.with("test.commands", "key of " + content, content, Map.of()))
                .toList();
    }

    private static String content(ConsumerRecord<String, byte[]> kafkaRecord) {
        return new String(kafkaRecord.value(), UTF_8);
    }
}
