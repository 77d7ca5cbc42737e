package shop.checkout.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.checkout.inventory.TestMessages.again;
import static shop.checkout.inventory.TestMessages.arrived;
import static shop.checkout.inventory.TestMessages.completed;
import static shop.checkout.inventory.TestMessages.line;
import static shop.checkout.inventory.TestMessages.newSaga;
import static shop.checkout.inventory.TestMessages.release;
import static shop.checkout.inventory.TestMessages.reserve;
import static shop.checkout.inventory.TestMessages.restock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import shop.checkout.inventory.TestMessages;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;

class WarehouseIT {

    private static final InventoryDatabase DATABASE = new InventoryDatabase();

    @BeforeAll
    static void stock() {
        DATABASE.stock("cup", 250, 1_000_000);
        DATABASE.stock("jug", 1_990, 1_000_000);
        DATABASE.stock("rare", 99_900, 3);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void theBooksBalance() {
        assertThat(DATABASE.faults()).isEmpty();
    }

    @Test
    void takesAnyNumberOfCommandsInTheSameFewStatements() {
        var two = sagas(2);
        var fiveHundred = sagas(500);

        int forTwo = statements(() -> DATABASE.take(reservations(two)));
        int forMany = statements(() -> DATABASE.take(reservations(fiveHundred)));
        int again = statements(() -> DATABASE.take(reservations(fiveHundred)));
        int released = statements(() -> DATABASE.take(InventoryDatabase.batch(
                fiveHundred.stream().map(TestMessages::release).toList())));

        assertThat(forMany).isEqualTo(forTwo).isLessThanOrEqualTo(10);
        assertThat(again).isEqualTo(1);
        assertThat(released).isLessThanOrEqualTo(10);
        assertThat(DATABASE.replies(fiveHundred.getLast()))
                .containsExactly("inventory.reserved.v1 1", "saga.undone.v1 1");
    }

    @Test
    void seesWithinABatchWhatEarlierCommandsDid() {
        var first = newSaga();
        var second = newSaga();
        var third = newSaga();

        DATABASE.take(arrived(
                reserve(first, line("rare", 2), line("rare", 1)),
                reserve(second, line("rare", 1)),
                release(first),
                reserve(third, line("rare", 3)),
                release(third)));

        assertThat(DATABASE.replies(second)).containsExactly("inventory.out-of-stock.v1 1");
        assertThat(DATABASE.replies(third)).containsExactly("inventory.reserved.v1 1", "saga.undone.v1 1");
        assertThat(DATABASE.counts("rare")).isEqualTo("3 0 0");
    }

    @Test
    void blocksACommandWhoseUndoCameInAnEarlierBatch() {
        var saga = newSaga();

        DATABASE.take(arrived(release(saga)));
        DATABASE.take(arrived(reserve(saga, line("cup", 1))));

        assertThat(DATABASE.replies(saga)).containsExactly("saga.undone.v1 1", "saga.superseded.v1 1");
        assertThat(DATABASE.texts("select state from reservation where order_id = ?::uuid", saga.toString()))
                .containsExactly("BLOCKED");
        assertThat(DATABASE.texts("select sku from stock_ledger where saga_id = ?::uuid", saga.toString()))
                .isEmpty();
    }

    @Test
    void answersADuplicateAgainOnlyUnderAHigherSendNumber() {
        var saga = newSaga();
        var command = reserve(saga, line("cup", 1));

        DATABASE.take(arrived(command));
        DATABASE.take(arrived(command));
        DATABASE.take(arrived(again(command, 2)));
        DATABASE.take(arrived(again(command, 2), command));

        assertThat(DATABASE.replies(saga)).containsExactly("inventory.reserved.v1 1", "inventory.reserved.v1 2");
        assertThat(DATABASE.texts("select distinct name from outbox where aggregateid = ?::uuid", saga.toString()))
                .containsExactly("reserve-inventory/reply");
        assertThat(DATABASE.texts("select quantity from stock_ledger where saga_id = ?::uuid", saga.toString()))
                .containsExactly("1");
    }

    @Test
    void staysSilentWhenTheWholeTopicIsReplayedTwice() {
        var sagas = sagas(50);
        var topic = new ArrayList<>(reservations(sagas));
        sagas.subList(0, 20).forEach(saga -> topic.addAll(arrived(release(saga))));
        DATABASE.take(topic);
        var before = everything();

        DATABASE.take(topic);
        DATABASE.take(topic);

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void remembersARefusal() {
        var saga = newSaga();
        DATABASE.take(arrived(reserve(saga, line("ghost", 1))));

        DATABASE.take(arrived(again(reserve(saga, line("ghost", 1)), 2), release(saga)));

        assertThat(DATABASE.replies(saga))
                .containsExactlyInAnyOrder(
                        "inventory.unknown-sku.v1 1", "inventory.unknown-sku.v1 2", "saga.undone.v1 1");
    }

    @Test
    void actsOnceThoughTheInboxHasForgotten() {
        var kept = newSaga();
        var released = newSaga();
        var refused = newSaga();
        var commands = arrived(
                reserve(kept, line("cup", 2)),
                reserve(released, line("cup", 2)),
                release(released),
                reserve(refused, line("rare", 4)));
        DATABASE.take(commands);
        DATABASE.jdbc().execute("begin; delete from inbox; commit");

        DATABASE.take(commands);

        assertThat(DATABASE.replies(kept)).containsExactly("inventory.reserved.v1 1", "inventory.reserved.v1 1");
        assertThat(DATABASE.replies(released)).endsWith("saga.superseded.v1 1", "saga.undone.v1 1");
        assertThat(DATABASE.replies(refused))
                .containsExactly("inventory.out-of-stock.v1 1", "inventory.out-of-stock.v1 1");
    }

    @Test
    void sellsWhatCompletedCheckoutsHaveReserved() {
        var sagas = sagas(20);
        DATABASE.take(reservations(sagas));
        var events = InventoryDatabase.batch(
                sagas.stream().map(TestMessages::completed).toList());

        DATABASE.hear(events);
        DATABASE.hear(events);

        assertThat(DATABASE.texts(
                        "select distinct state from reservation where order_id = any (?::uuid[])", (Object) ids(sagas)))
                .containsExactly("SOLD");
    }

    @Test
    void restocksReturnsInTheSameFewStatements() {
        var sagas = sagas(300);
        DATABASE.take(reservations(sagas));
        DATABASE.hear(InventoryDatabase.batch(
                sagas.stream().map(TestMessages::completed).toList()));
        var stock = DATABASE.counts("cup");
        var returns = InventoryDatabase.batch(
                sagas.stream().map(saga -> restock(newSaga(), saga)).toList());

        int statements = statements(() -> DATABASE.take(returns));
        DATABASE.take(returns);

        assertThat(statements).isLessThanOrEqualTo(10);
        assertThat(DATABASE.texts(
                        "select distinct state from reservation where order_id = any (?::uuid[])", (Object) ids(sagas)))
                .containsExactly("RETURNED");
        assertThat(available(DATABASE.counts("cup"))).isEqualTo(available(stock) + 300);
    }

    @Test
    void handsARestockBackUntilTheSaleIsBooked() {
        var saga = newSaga();
        var goodsReturn = newSaga();
        var other = newSaga();
        DATABASE.take(arrived(reserve(saga, line("cup", 2))));

        var notYet = DATABASE.take(arrived(restock(goodsReturn, saga), reserve(other, line("cup", 1))));
        DATABASE.hear(arrived(completed(saga)));
        var now = DATABASE.take(arrived(again(restock(goodsReturn, saga), 2), restock(goodsReturn, saga)));

        assertThat(notYet).containsExactly("order " + saga + " is to be restocked but not sold yet");
        assertThat(now).isEmpty();
        assertThat(DATABASE.replies(other)).containsExactly("inventory.reserved.v1 1");
        assertThat(DATABASE.replies(goodsReturn)).containsExactly("inventory.restocked.v1 2");
        assertThat(DATABASE.texts(
                        "select kind || ' ' || quantity from stock_ledger where saga_id = ?::uuid",
                        goodsReturn.toString()))
                .containsExactly("RESTOCK 2");
    }

    @Test
    void restocksOnceThoughTheInboxHasForgotten() {
        var saga = newSaga();
        var goodsReturn = newSaga();
        DATABASE.take(arrived(reserve(saga, line("cup", 2))));
        DATABASE.hear(arrived(completed(saga)));
        DATABASE.take(arrived(restock(goodsReturn, saga)));
        DATABASE.jdbc().execute("begin; delete from inbox; commit");

        DATABASE.take(arrived(restock(goodsReturn, saga)));

        assertThat(DATABASE.replies(goodsReturn))
                .containsExactly("inventory.restocked.v1 1", "inventory.restocked.v1 1");
        assertThat(DATABASE.texts("select kind from stock_ledger where saga_id = ?::uuid", goodsReturn.toString()))
                .containsExactly("RESTOCK");
    }

    @Test
    void takesBackNoMoreThanWasSoldEvenByMistake() {
        DATABASE.stock("mistaken", 100, 5);

        assertThatThrownBy(() -> DATABASE.jdbc().execute("update stock set restocked = 1 where sku = 'mistaken'"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("stock_comes_back_once");
    }

    @Test
    void throwsAtASaleWithoutAReservationAndKeepsNothing() {
        var stranger = newSaga();

        assertThatThrownBy(() -> DATABASE.hear(arrived(completed(stranger))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(stranger.toString());

        assertThat(DATABASE.texts("select name from inbox where saga_id = ?::uuid", stranger.toString()))
                .isEmpty();
    }

    @Test
    void neitherDeadlocksNorActsTwiceWithOverlappingBatches() throws Exception {
        var sagas = sagas(200);
        var random = new Random(7);
        var consumers = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 4; i++) {
            var messages = new ArrayList<Message>();
            sagas.forEach(saga -> messages.add(
                    random.nextBoolean()
                            ? reserve(saga, line("cup", 1), line("jug", 2))
                            : reserve(saga, line("jug", 2), line("cup", 1))));
            sagas.subList(0, 100).forEach(saga -> messages.add(release(saga)));
            Collections.shuffle(messages, random);
            consumers.add(() -> {
                for (int from = 0; from < messages.size(); from += 50) {
                    takeUntilItWorks(InventoryDatabase.batch(messages.subList(from, from + 50)));
                }
                return null;
            });
        }

        try (var threads = Executors.newFixedThreadPool(consumers.size())) {
            for (var consumer : threads.invokeAll(consumers)) {
                consumer.get();
            }
        }

        assertThat(DATABASE.texts(
                        "select count(*) from reservation where order_id = any (?::uuid[]) and state in ('RELEASED', 'BLOCKED')",
                        (Object) ids(sagas.subList(0, 100))))
                .containsExactly("100");
        assertThat(DATABASE.texts(
                        "select count(*) from reservation where order_id = any (?::uuid[]) and state = 'RESERVED'",
                        (Object) ids(sagas.subList(100, 200))))
                .containsExactly("100");
        assertThat(DATABASE.texts(
                        "select count(*) from outbox where aggregateid = any (?::uuid[])", (Object) ids(sagas)))
                .containsExactly("300");
        assertThat(DATABASE.texts("select deadlocks from pg_stat_database where datname = current_database()"))
                .containsExactly("0");
    }

    @Test
    void keepsItsLedgerAppendOnly() {
        DATABASE.take(reservations(sagas(1)));

        for (var sql :
                List.of("update stock_ledger set quantity = 1", "delete from stock_ledger", "truncate stock_ledger")) {
            assertThatThrownBy(() -> DATABASE.jdbc().execute(sql))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void noticesBooksThatDoNotBalance() {
        for (var tampering : List.of(
                "available = available + 1",
                "reserved = reserved + 1, available = available - 1",
                "sold = sold + 1, restocked = restocked + 1")) {
            DATABASE.stock("tampered", 100, 5);
            DATABASE.jdbc().execute("begin; update stock set %s where sku = 'tampered'; commit".formatted(tampering));

            assertThat(DATABASE.faults()).hasSize(1).first().asString().startsWith("tampered: ");

            DATABASE.jdbc().execute("begin; delete from stock where sku = 'tampered'; commit");
        }
    }

    private static void takeUntilItWorks(List<ConsumerRecord<String, byte[]>> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                DATABASE.take(batch);
                return;
            } catch (DataAccessException e) {
                assertThat(DatabaseTrouble.causes(e)).as("%s", e).isTrue();
                assertThat(attempt).isLessThan(50);
            }
        }
    }

    private static long available(String counts) {
        return Long.parseLong(counts.substring(0, counts.indexOf(' ')));
    }

    private static int statements(Runnable work) {
        DATABASE.statementsSinceLast();
        work.run();
        return DATABASE.statementsSinceLast();
    }

    private static List<String> everything() {
        return Stream.of("stock", "reservation", "reservation_line", "stock_ledger", "inbox", "outbox")
                .flatMap(table -> DATABASE.texts("select t::text from %s t order by 1".formatted(table)).stream())
                .toList();
    }

    private static List<SagaId> sagas(int count) {
        return Stream.generate(TestMessages::newSaga).limit(count).toList();
    }

    private static List<ConsumerRecord<String, byte[]>> reservations(List<SagaId> sagas) {
        return InventoryDatabase.batch(sagas.stream()
                .map(saga -> reserve(saga, line("cup", 1), line("jug", 2)))
                .toList());
    }

    private static String[] ids(List<SagaId> sagas) {
        return sagas.stream().map(SagaId::toString).toArray(String[]::new);
    }
}
