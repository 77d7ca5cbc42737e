package shop.checkout.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.checkout.TestDatabase;
import shop.checkout.jdbc.DailyPartitions;

class InboxRetentionIT {

    private static final Duration RETENTION = Duration.ofDays(14);
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(100);
    private static final Instant NOW =
            Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
    private static final Instant OLD = NOW.minus(Duration.ofDays(15));

    private final TestDatabase database = new TestDatabase();

    @BeforeEach
    void makePartitions() {
        partitions(OLD).makeAhead();
        partitions(NOW).makeAhead();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void dropsTheSagasThatWereBornLongAgo() {
        receive(OLD, OLD, "old");
        receive(NOW, NOW, "new");

        assertThat(retention().forget()).isEqualTo(1);

        assertThat(names("inbox")).containsExactly("new");
    }

    @Test
    void keepsTheSagasThatWereBornWithinTheRetention() {
        receive(NOW.minus(RETENTION), NOW.minus(RETENTION), "fourteen days and less");

        assertThat(retention().forget()).isEqualTo(1); // the empty one before

        assertThat(names("inbox")).containsExactly("fourteen days and less");
    }

    @Test
    void keepsOldSagasThatHaveGotAMessageLately() {
        receive(OLD, OLD, "charge-payment");
        receive(OLD, NOW.minus(Duration.ofDays(13)), "charge-payment/undo");

        assertThat(retention().forget()).isZero();

        assertThat(names("inbox")).containsExactly("charge-payment", "charge-payment/undo");
    }

    @Test
    void deletesOldRowsOfTheDefaultPartition() {
        receive(OLD.minus(Duration.ofDays(30)), OLD, "old");
        receive(OLD.minus(Duration.ofDays(30)), NOW, "of a saga that lives long");

        retention().forget();

        assertThat(names("inbox_rest")).containsExactly("of a saga that lives long");
    }

    private InboxRetention retention() {
        var drop = new PartitionDrop(database.jdbc(), database.transaction(), LOCK_TIMEOUT);
        return new InboxRetention(drop, partitions(NOW), RETENTION, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private DailyPartitions partitions(Instant now) {
        return new DailyPartitions(
                database.jdbc(),
                database.transaction(),
                Clock.fixed(now, ZoneOffset.UTC),
                LOCK_TIMEOUT,
                List.of("inbox"));
    }

    private void receive(Instant born, Instant receivedAt, String name) {
        var saga = new UUID(born.toEpochMilli() << 16 | 0x7fff, -1L);
        database.commit(() -> database.jdbc()
                .update(
                        "insert into inbox (saga_id, name, send, answered, received_at) values (?, ?, 1, 0, ?::timestamptz)",
                        saga,
                        name,
                        receivedAt.toString()));
    }

    private List<String> names(String table) {
        return database.texts("select name from %s order by name".formatted(table));
    }
}
