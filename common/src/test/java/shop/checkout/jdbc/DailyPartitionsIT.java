package shop.checkout.jdbc;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.TestDatabase;

class DailyPartitionsIT {

    private static final Instant NEW_YEARS_EVE = Instant.parse("2026-12-31T23:59:59.999Z");

    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(100);

    private final TestDatabase database = new TestDatabase();
    private final DailyPartitions partitions = on(NEW_YEARS_EVE);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void makesThreeDaysAheadOnce() {
        partitions.makeAhead();
        partitions.makeAhead();

        assertThat(partitionsOf("inbox"))
                .containsExactly("inbox_20261231", "inbox_20270101", "inbox_20270102", "inbox_rest");
        assertThat(partitionsOf("outbox"))
                .containsExactly("outbox_20261231", "outbox_20270101", "outbox_20270102", "outbox_rest");
    }

    @Test
    void putsEachSagaIntoTheDayOfItsBirth() {
        partitions.makeAhead();

        assertThat(placeOf(bornAt(NEW_YEARS_EVE))).isEqualTo("inbox_20261231");
        assertThat(placeOf(bornAt(NEW_YEARS_EVE.plusMillis(1)))).isEqualTo("inbox_20270101");
        assertThat(placeOf(bornAt(Instant.parse("2026-12-31T00:00:00Z")))).isEqualTo("inbox_20261231");
        assertThat(placeOf(bornAt(Instant.parse("2026-12-30T23:59:59.999Z")))).isEqualTo("inbox_rest");
        assertThat(placeOf(bornAt(Instant.parse("2027-01-03T00:00:00Z")))).isEqualTo("inbox_rest");
    }

    @Test
    void canBeMadeByManyReplicasAtOnce() throws Exception {
        Callable<Void> replica = () -> {
            on(NEW_YEARS_EVE).makeAhead();
            return null;
        };

        try (var replicas = Executors.newFixedThreadPool(4)) {
            for (var made : replicas.invokeAll(List.of(replica, replica, replica, replica))) {
                made.get();
            }
        }

        assertThat(partitionsOf("outbox")).hasSize(4);
    }

    @Test
    void leavesADayToTheDefaultPartitionThatHasRowsOfIt() {
        var early = bornAt(NEW_YEARS_EVE.plusMillis(1));
        assertThat(placeOf(early)).isEqualTo("inbox_rest");

        partitions.makeAhead();

        assertThat(partitionsOf("inbox")).containsExactly("inbox_20261231", "inbox_20270102", "inbox_rest");
        assertThat(partitionsOf("outbox")).hasSize(4);
        assertThat(database.texts("select saga_id from inbox")).containsExactly(early.toString());
    }

    @Test
    void findsThoseOfDays() {
        partitions.makeAhead();
        database.commit(
                () -> database.jdbc()
                        .execute(
                                "create table inbox_old partition of inbox for values from ('ff000000-0000-0000-0000-000000000000') to ('ffff0000-0000-0000-0000-000000000000')"));

        assertThat(partitions.of("inbox"))
                .containsExactly(
                        new DailyPartitions.Partition("inbox", LocalDate.of(2026, 12, 31)),
                        new DailyPartitions.Partition("inbox", LocalDate.of(2027, 1, 1)),
                        new DailyPartitions.Partition("inbox", LocalDate.of(2027, 1, 2)));
    }

    @Test
    void makesThemBesideLongReadersAndWritersOfTheOthers() throws Exception {
        partitions.makeAhead();

        try (var other = database.connect();
                var statement = other.createStatement()) {
            statement.execute("insert into outbox (id, aggregatetype, aggregateid, type, payload, name, send, hlc)"
                    + " select '%s', 't', '%s', 'x', '{}', 'x', 1, 1"
                            .formatted(bornAt(NEW_YEARS_EVE), bornAt(NEW_YEARS_EVE)));
            on(NEW_YEARS_EVE.plus(Duration.ofDays(1))).makeAhead();
            other.rollback();
        }

        assertThat(partitionsOf("outbox")).contains("outbox_20270103");
    }

    @Test
    void givesUpWhereItWouldKeepOthersWaiting() throws Exception {
        try (var other = database.connect();
                var statement = other.createStatement()) {
            statement.execute("lock table inbox_rest in access share mode");

            assertThat(supplyAsync(() -> {
                        partitions.makeAhead();
                        return true;
                    }))
                    .succeedsWithin(Duration.ofSeconds(20));

            assertThat(partitionsOf("inbox")).containsExactly("inbox_rest");
            other.rollback();
        }

        partitions.makeAhead();
        assertThat(partitionsOf("inbox")).hasSize(4);
    }

    @Test
    void knowsTheFirstUuidOfADay() {
        assertThat(DailyPartitions.firstUuidOf(LocalDate.EPOCH.atStartOfDay()))
                .isEqualTo("00000000-0000-0000-0000-000000000000");
        assertThat(DailyPartitions.firstUuidOf(LocalDate.of(2026, 1, 1).atStartOfDay()))
                .isEqualTo("019b76da-a800-0000-0000-000000000000");
    }

    private DailyPartitions on(Instant now) {
        return new DailyPartitions(
                database.jdbc(),
                database.transaction(),
                Clock.fixed(now, ZoneOffset.UTC),
                LOCK_TIMEOUT,
                List.of("outbox", "inbox"));
    }

    private List<String> partitionsOf(String table) {
        return database.texts(
                "select inhrelid::regclass from pg_inherits where inhparent = ?::regclass order by inhrelid::regclass::text",
                table);
    }

    private String placeOf(UUID saga) {
        database.commit(() -> database.jdbc()
                .update("insert into inbox (saga_id, name, send, answered) values (?, 'x', 1, 0)", saga));
        return database.texts("select tableoid::regclass from inbox where saga_id = ?", saga)
                .getFirst();
    }

    private static UUID bornAt(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16 | 0x7fff, -1L);
    }
}
