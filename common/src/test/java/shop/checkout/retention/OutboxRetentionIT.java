package shop.checkout.retention;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.checkout.TestDatabase;
import shop.checkout.jdbc.DailyPartitions;

class OutboxRetentionIT {

    private static final String SLOT = "retention_outbox";
    private static final Duration RETENTION = Duration.ofDays(3);
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** The common pool of a small machine has one. */
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().start(task);

    private static final Instant NOW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
    private static final Instant OLD = NOW.minus(Duration.ofDays(4));
    private static final String INSERT = """
            insert into outbox (id, aggregatetype, aggregateid, type, payload, name, send, hlc, created_at)
            values ('%s', 'payment.commands', gen_random_uuid(), 'payment.charge.v1', '{}', '%s', 1, 1, '%s')
            """;

    private final TestDatabase database = new TestDatabase();

    @BeforeEach
    void makePartitions() {
        partitions(OLD).makeAhead();
        partitions(NOW).makeAhead();
        database.commit(() -> database.texts("select pg_create_logical_replication_slot(?, 'pgoutput')", SLOT));
    }

    @AfterEach
    void close() {
        dropSlot();
        database.close();
    }

    @Test
    void dropsWhatIsOldAndPublished() {
        insert(OLD, "old");
        insert(NOW, "new");
        publishAll();

        assertThat(retention().forget()).isEqualTo(1);

        assertThat(names()).containsExactly("new");
        assertThat(partitions(NOW).of("outbox")).doesNotContain(dayOf(OLD)).contains(dayOf(NOW));
    }

    @Test
    void keepsWhatIsNotKnownToBePublished() {
        insert(OLD, "published");
        publishAll();
        insert(OLD, "not yet");

        assertThat(retention().forget()).isZero();
        assertThat(names()).containsExactly("not yet", "published");

        publishAll();
        assertThat(retention().forget()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsYoungerThanTheRetention() {
        var almostOld = NOW.minus(RETENTION);
        insert(almostOld, "three days and less");
        publishAll();

        retention().forget();

        assertThat(names()).containsExactly("three days and less");
    }

    @Test
    void keepsAllBeforeTheRelayHasPublishedAnything() {
        insert(OLD, "old");

        assertThat(retention().forget()).isZero();
        assertThat(names()).containsExactly("old");
    }

    @Test
    void keepsAllWhileTheSlotIsGoneOrMadeAnew() {
        insert(OLD, "old");
        publishAll();

        dropSlot();
        assertThat(retention().forget()).isZero();

        database.commit(() -> database.texts("select pg_create_logical_replication_slot(?, 'pgoutput')", SLOT));
        assertThat(retention().forget()).isZero();
        assertThat(names()).containsExactly("old");
    }

    @Test
    void keepsWhatIsWrittenAtTheLastMoment() throws Exception {
        insert(OLD, "old");
        publishAll();

        try (var late = database.connect()) {
            execute(late, INSERT.formatted(idAt(OLD), "late", OLD));
            var forgotten = supplyAsync(() -> retention(LIMIT).forget(), OWN_THREAD);
            await().atMost(LIMIT)
                    .until(() -> !database.texts("select mode from pg_locks where not granted and database ="
                                    + " (select oid from pg_database where datname = current_database())")
                            .isEmpty());
            late.commit();

            assertThat(forgotten).succeedsWithin(LIMIT).isEqualTo(0);
        }

        assertThat(names()).containsExactly("late", "old");
    }

    @Test
    void givesUpWhileSomebodyReadsAndLetsWritersGoOn() throws Exception {
        insert(OLD, "old");
        publishAll();

        try (var reader = database.connect()) {
            execute(reader, "select count(*) from outbox");
            var done = new AtomicBoolean();
            var longest = supplyAsync(() -> writeUntil(done), OWN_THREAD);
            var forgotten = supplyAsync(() -> retention().forget(), OWN_THREAD);

            assertThat(forgotten).succeedsWithin(LIMIT).isEqualTo(0);
            done.set(true);
            assertThat(longest)
                    .succeedsWithin(LIMIT)
                    .satisfies(it -> assertThat(it).isLessThan(Duration.ofSeconds(5)));
            reader.rollback();
        }

        assertThat(names()).contains("old");
        assertThat(retention().forget()).isEqualTo(1);
        assertThat(names()).doesNotContain("old").contains("meanwhile");
    }

    @Test
    void leavesTheWorkToTheReplicaThatIsAtIt() throws Exception {
        insert(OLD, "old");
        publishAll();

        try (var other = database.connect()) {
            execute(other, "select pg_advisory_xact_lock(hashtext('retention'))");
            assertThat(retention().forget()).isZero();
            other.rollback();
        }

        assertThat(retention().forget()).isEqualTo(1);
    }

    @Test
    void deletesOldPublishedRowsOfTheDefaultPartition() {
        insert(OLD.minus(Duration.ofDays(30)), "old");
        insert(NOW.minus(Duration.ofDays(1)), "young");
        publishAll();
        insert(OLD.minus(Duration.ofDays(30)), "old, not published");

        retention().forget();

        assertThat(database.texts("select name from outbox_rest order by name"))
                .containsExactly("old, not published", "young");
    }

    private Duration writeUntil(AtomicBoolean done) {
        var longest = Duration.ZERO;
        while (!done.get()) {
            long start = System.nanoTime();
            insert(NOW, "meanwhile");
            var took = Duration.ofNanos(System.nanoTime() - start);
            longest = took.compareTo(longest) > 0 ? took : longest;
        }
        return longest;
    }

    private OutboxRetention retention() {
        return retention(LOCK_TIMEOUT);
    }

    private OutboxRetention retention(Duration lockTimeout) {
        var drop = new PartitionDrop(database.jdbc(), database.transaction(), lockTimeout);
        return new OutboxRetention(
                database.jdbc(), drop, partitions(NOW), SLOT, RETENTION, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private DailyPartitions partitions(Instant now) {
        return new DailyPartitions(
                database.jdbc(),
                database.transaction(),
                Clock.fixed(now, ZoneOffset.UTC),
                LOCK_TIMEOUT,
                List.of("outbox"));
    }

    private void insert(Instant at, String name) {
        database.commit(() -> database.jdbc().execute(INSERT.formatted(idAt(at), name, at)));
    }

    /** As the relay notes it. */
    private void publishAll() {
        database.commit(() -> database.jdbc().update("""
                insert into relay_position (slot, token, lsn, published_at, published)
                select ?, 1, pg_current_wal_insert_lsn(), now(), pg_current_snapshot()
                on conflict (slot) do update set published = excluded.published
                """, SLOT));
    }

    private void dropSlot() {
        database.commit(() -> database.texts(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?", SLOT));
    }

    private List<String> names() {
        return database.texts("select name from outbox order by name");
    }

    private static DailyPartitions.Partition dayOf(Instant at) {
        return new DailyPartitions.Partition(
                "outbox", OffsetDateTime.ofInstant(at, ZoneOffset.UTC).toLocalDate());
    }

    private static UUID idAt(Instant at) {
        var random = UUID.randomUUID();
        return new UUID(
                at.toEpochMilli() << 16 | 0x7000 | random.getMostSignificantBits() & 0xfff,
                random.getLeastSignificantBits());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
