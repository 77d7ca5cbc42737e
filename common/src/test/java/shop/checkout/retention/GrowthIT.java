package shop.checkout.retention;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Codec;
import shop.checkout.cost.PageCount;
import shop.checkout.inbox.Inbox;
import shop.checkout.inbox.InboxEntry;
import shop.checkout.jdbc.DailyPartitions;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Undone;
import shop.checkout.outbox.Outbox;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/**
 * However many messages are kept, a batch touches the same number of pages. Pages are counted, not seconds, so this holds on
 * any machine. With {@code -Dgrowth.rows=10000000} it fills as many rows as that.
 */
class GrowthIT {

    private static final int ROWS = Integer.getInteger("growth.rows", 20_000);
    private static final int DAYS = 14;
    private static final int BATCH = 100;

    private static final TestDatabase DATABASE = new TestDatabase();

    @BeforeAll
    static void fill() {
        for (int day = DAYS; day >= 0; day -= 1) {
            var then = Clock.fixed(Instant.now().minus(Duration.ofDays(day)), ZoneOffset.UTC);
            new DailyPartitions(
                            DATABASE.jdbc(),
                            DATABASE.transaction(),
                            then,
                            Duration.ofSeconds(5),
                            List.of("outbox", "inbox"))
                    .makeAhead();
        }
        DATABASE.commit(() -> {
            DATABASE.jdbc().update("""
                    insert into inbox (saga_id, name, reply_to, send, answered, reply_type, reply_payload)
                    select uuidv7(n * interval '-%d days' / %d), 'charge-payment', 'checkout.replies', 1, 1, 'saga.undone.v1', '{}'
                      from generate_series(%d, 1, -1) n
                    """.formatted(DAYS, ROWS, ROWS));
            DATABASE.jdbc().update("""
                    insert into outbox (id, aggregatetype, aggregateid, type, payload, name, send, hlc)
                    select uuidv7(n * interval '-%d days' / %d), 'payment.commands', uuidv7(), 'payment.charge.v1',
                           repeat('x', 300), 'charge-payment', 1, n
                      from generate_series(%d, 1, -1) n
                    """.formatted(DAYS, ROWS, ROWS));
            DATABASE.jdbc().execute("analyze inbox");
            DATABASE.jdbc().execute("analyze outbox");
        });
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void findsABatchInItsDaysAlone() throws SQLException {
        var keys = newest();

        try (var pages = new PageCount(DATABASE.connect())) {
            var inbox = new Inbox(pages.jdbc(), Codec.ofCatalogue());

            assertThat(pages.usually(() -> inbox.find(keys))).isLessThanOrEqualTo(BATCH);
            assertThat(inbox.find(keys)).hasSize(BATCH);
        }
    }

    @Test
    void asksForWhatItHasNeverSeenInItsDaysAlone() throws SQLException {
        try (var pages = new PageCount(DATABASE.connect())) {
            var inbox = new Inbox(pages.jdbc(), Codec.ofCatalogue());

            assertThat(pages.usually(() -> inbox.find(fresh()))).isLessThanOrEqualTo(BATCH);
        }
    }

    @Test
    void writesABatchOfTheInboxWhereItBelongs() throws SQLException {
        try (var pages = new PageCount(DATABASE.connect())) {
            var inbox = new Inbox(pages.jdbc(), Codec.ofCatalogue());

            assertThat(pages.usually(() -> inbox.insert(
                            fresh().stream().map(GrowthIT::answered).toList())))
                    .isLessThanOrEqualTo(10 * BATCH);
        }
    }

    @Test
    void answersABatchInItsDaysAlone() throws SQLException {
        var keys = newest();
        var replies = keys.stream().collect(toMap(identity(), key -> (Object) new Undone()));
        var again = keys.stream().map(GrowthIT::answered).toList();

        try (var pages = new PageCount(DATABASE.connect())) {
            var inbox = new Inbox(pages.jdbc(), Codec.ofCatalogue());

            assertThat(pages.usually(() -> inbox.answer(replies))).isLessThanOrEqualTo(10 * BATCH);
            assertThat(pages.usually(() -> inbox.sentAgain(again))).isLessThanOrEqualTo(10 * BATCH);
        }
    }

    @Test
    void appendsABatchToTheOutbox() throws SQLException {
        try (var pages = new PageCount(DATABASE.connect())) {
            var outbox = new Outbox(
                    pages.jdbc(), Codec.ofCatalogue(), new HybridClock(Clock.systemUTC()), Traces.off(new Random(1)));
            var messages = fresh().stream()
                    .map(key -> Message.reply(key, "checkout.replies", new Undone(), 1))
                    .toList();

            assertThat(pages.usually(() -> outbox.append(messages))).isLessThanOrEqualTo(10 * BATCH);
        }
    }

    private static List<MessageKey> newest() {
        return DATABASE
                .texts("select saga_id from inbox where name = 'charge-payment' and reply_to is not null"
                        + " order by saga_id desc limit " + BATCH)
                .stream()
                .map(id -> MessageKey.ofStep(SagaId.parse(id), "charge-payment", 1))
                .toList();
    }

    private static List<MessageKey> fresh() {
        var keys = new ArrayList<MessageKey>();
        for (int i = 0; i < BATCH; i++) {
            keys.add(MessageKey.ofStep(Arrived.newSaga(), "charge-payment", 1));
        }
        return keys;
    }

    private static InboxEntry answered(MessageKey key) {
        return InboxEntry.first(key, Optional.empty(), 1, Optional.empty());
    }
}
