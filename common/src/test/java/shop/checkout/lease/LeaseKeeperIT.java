package shop.checkout.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import shop.checkout.servers.TestServers;

class LeaseKeeperIT {

    private static final LeaseTimes QUICK =
            new LeaseTimes(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(50));

    /** Not lost by a pause of the machine. */
    private static final LeaseTimes LONG =
            new LeaseTimes(Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofMillis(50));

    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<Lease> leases = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger leading = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private DataSource database = new PGSimpleDataSource();

    @BeforeEach
    void migrate() {
        var source = new PGSimpleDataSource();
        source.setUrl(TestServers.shared().freshDatabase());
        source.setUser(TestServers.shared().postgres().username());
        source.setPassword(TestServers.shared().postgres().password());
        Flyway.configure().dataSource(source).load().migrate();
        database = source;
    }

    @Test
    void letsOneOfManyLeadAtATimeAndHandsOutGrowingTokens() {
        var keepers = IntStream.range(0, 5)
                .mapToObj(i -> keeper("replica " + i, LONG))
                .toList();
        keepers.forEach(LeaseKeeper::start);

        for (int terms = 1; terms <= 5; terms++) {
            int expected = terms;
            await().atMost(SOON).until(() -> leases.size() == expected);
            assertThat(leading).hasValue(1);
            var holder = keepers.get(Integer.parseInt(owner().substring("replica ".length())));
            holder.close();
        }

        assertThat(leases).extracting(Lease::token).isSorted().doesNotHaveDuplicates();
        assertThat(mostAtOnce).hasValue(1);
        assertThat(leading).hasValue(0);
    }

    @Test
    void keepsTheLeaseBeyondItsDuration() {
        var times = new LeaseTimes(Duration.ofSeconds(3), Duration.ofMillis(300), Duration.ofMillis(50));
        try (var keeper = keeper("one", times);
                var other = keeper("other", times)) {
            keeper.start();
            await().until(() -> leases.size() == 1);
            other.start();

            await().during(Duration.ofSeconds(5))
                    .atMost(SOON)
                    .until(() -> leases.size() == 1 && leases.getFirst().held());
        }
    }

    @Test
    void isOverWhenAnotherTookTheRow() throws SQLException {
        try (var keeper = keeper("one")) {
            keeper.start();
            await().until(() -> leases.size() == 1);

            execute(
                    "update lease set token = 9000000000000000, owner = 'another', expires_at = now() + interval '1 second'");

            await().atMost(SOON).until(() -> leading.get() == 0);
            assertThat(leases.getFirst().held()).isFalse();
            await().until(() -> leases.size() == 2);
            assertThat(leases.getLast().token()).isEqualTo(9_000_000_000_000_001L);
        }
    }

    @Test
    void isOverByItsOwnClockWhenTheDatabaseDoesNotAnswer() throws Exception {
        try (var keeper = keeper("one");
                var blocker = database.getConnection()) {
            keeper.start();
            await().until(() -> leases.size() == 1);

            blocker.setAutoCommit(false);
            try (var lock = blocker.createStatement()) {
                lock.execute("select from lease for update");
            }

            await().atMost(SOON).until(() -> leading.get() == 0); // the row stays locked: nobody else can end it
            assertThat(leases.getFirst().held()).isFalse();
        }
    }

    @Test
    void triesAgainAfterADutyThatCouldNotBegin() {
        var attempts = new AtomicInteger();
        try (var keeper = new LeaseKeeper(database, "duty", "one", QUICK, lease -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("not today");
            }
            leases.add(lease);
            return () -> {};
        })) {
            keeper.start();

            await().atMost(Duration.ofSeconds(10)).until(() -> leases.size() == 1);
            assertThat(attempts).hasValue(2);
        }
    }

    @Test
    void leavesTheLeaseToOthersWhenItStepsDown() {
        try (var keeper = keeper("one", LONG);
                var other = keeper("other", LONG)) {
            keeper.start();
            await().until(() -> leases.size() == 1);
            other.start();

            assertThat(other.stepDown()).as("it has nothing to step down from").isFalse();
            assertThat(keeper.stepDown()).isTrue();

            await().atMost(SOON).until(() -> leases.size() == 2);
            assertThat(owner()).isEqualTo("other");
            assertThat(leases.getFirst().held()).isFalse();
            assertThat(mostAtOnce).hasValue(1);
        }
    }

    @Test
    void handsOutGreaterTokensThanEverWhenItsTableComesFromABackup() throws SQLException {
        try (var keeper = keeper("one", LONG)) {
            keeper.start();
            await().until(() -> leases.size() == 1);
        }
        execute("update lease set token = token - 100, expires_at = '-infinity'");

        try (var restored = keeper("restored", LONG)) {
            restored.start();
            await().until(() -> leases.size() == 2);

            assertThat(leases.getLast().token()).isGreaterThan(leases.getFirst().token());
        }
    }

    @Test
    void takesTheLeaseAgainWhenNobodyElseDoes() {
        try (var keeper = keeper("one", LONG)) {
            keeper.start();
            await().until(() -> leases.size() == 1);

            keeper.stepDown();

            await().atMost(SOON).until(() -> leases.size() == 2);
            assertThat(leases.getLast().token()).isGreaterThan(leases.getFirst().token());
        }
    }

    private LeaseKeeper keeper(String owner) {
        return keeper(owner, QUICK);
    }

    private LeaseKeeper keeper(String owner, LeaseTimes times) {
        return new LeaseKeeper(database, "duty", owner, times, lease -> {
            mostAtOnce.accumulateAndGet(leading.incrementAndGet(), Math::max);
            leases.add(lease);
            return leading::decrementAndGet;
        });
    }

    private String owner() {
        try (var connection = database.getConnection();
                var query = connection.createStatement();
                var rows = query.executeQuery("select owner from lease")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
