package shop.checkout.orchestrator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.checkout.orchestrator.engine.Orders.TOTAL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Headers;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.ChargePayment.Declined;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.time.Hlc;

class RepliesIT {

    private final EngineFixture fixture = EngineFixture.fresh(CheckoutSaga.V1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void moveAnyNumberOfSagasWithTheSameFewStatements() {
        var few = reserved(fixture.start(3));
        var many = reserved(fixture.start(400));
        fixture.replies.run(reserved(fixture.start(1))); // the first one also asks what other replicas have seen

        fixture.statements.countSinceLast();
        fixture.replies.run(few);
        int forFew = fixture.statements.countSinceLast();
        fixture.replies.run(many);
        int forMany = fixture.statements.countSinceLast();

        assertThat(forFew).isEqualTo(2);
        assertThat(forMany).isEqualTo(2);
        assertThat(fixture.jdbc.queryForObject(
                        "select count(*) from outbox where aggregatetype = 'payment.commands'", Integer.class))
                .isEqualTo(404);
    }

    @Test
    void leadASagaToItsEnd() {
        var saga = fixture.start(1).getFirst();

        fixture.replies.run(List.of(fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL))));
        fixture.replies.run(List.of(fixture.reply(saga, "charge-payment", new Charged("pay_1"))));
        fixture.replies.run(List.of(fixture.reply(saga, "create-shipment", new Shipped("TRACK-1"))));

        assertThat(fixture.statuses()).isEqualTo(Map.of("COMPLETED", 1L));
        assertThat(fixture.outbox(saga))
                .containsExactly(
                        "reserve-inventory 1", "event/1 1", "charge-payment 1", "create-shipment 1", "event/4 1");
        assertThat(fixture.jdbc.queryForObject(
                        "select data -> 'total' ->> 'amount' || ' ' || (data ->> 'trackingNumber') from saga",
                        String.class))
                .isEqualTo("249.00 TRACK-1");
        assertThat(fixture.count("saga where wake_at is not null")).isZero();
    }

    @Test
    void areHeardInTheOrderOfTheBatch() {
        var saga = fixture.start(1).getFirst();

        fixture.replies.run(List.of(
                fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL)),
                fixture.reply(saga, "charge-payment", new Declined("no funds")),
                undone(saga, "reserve-inventory")));

        assertThat(fixture.engine.find(saga).orElseThrow().saga().status()).isEqualTo(SagaStatus.REJECTED);
        assertThat(fixture.history(saga))
                .containsExactly(
                        "STARTED APPLIED RUNNING",
                        "REPLIED APPLIED RUNNING",
                        "REPLIED APPLIED COMPENSATING",
                        "REPLIED APPLIED REJECTED");
    }

    @Test
    void changeNothingWhenTheyComeAgain() {
        var sagas = fixture.start(5);
        var batch = reserved(sagas);
        fixture.replies.run(batch);
        long messages = fixture.count("outbox");

        fixture.replies.run(batch);
        fixture.replies.run(batch);

        assertThat(fixture.count("outbox")).isEqualTo(messages);
        assertThat(fixture.history(sagas.getFirst()))
                .containsExactly(
                        "STARTED APPLIED RUNNING",
                        "REPLIED APPLIED RUNNING",
                        "REPLIED IGNORED RUNNING",
                        "REPLIED IGNORED RUNNING");
    }

    @Test
    void waitForASagaThatIsNotThereYet() {
        var order = Orders.newOrder();
        var there = fixture.start(1).getFirst();

        fixture.replies.run(reserved(List.of(order.id(), there)));
        assertThat(fixture.count("parked_message")).isEqualTo(1);
        assertThat(fixture.outbox(there)).contains("charge-payment 1");
        try (var starter = fixture.engine.<String>starter(Orders::admitAll)) {
            starter.start(new NewSaga<>(order.id(), CheckoutSaga.V1, order.checkout()), "");
        }

        Awaitility.await().untilAsserted(() -> {
            fixture.parked.sweep();
            assertThat(fixture.count("parked_message")).isZero();
        });
        assertThat(fixture.outbox(order.id())).contains("charge-payment 1");
    }

    @Test
    void costOnlyThemselvesWhenTheyCannotBeRead() {
        var sagas = fixture.start(3);
        var batch = new ArrayList<>(reserved(sagas));
        batch.add(1, unreadable(sagas.getFirst()));

        fixture.replies.run(batch);

        assertThat(fixture.count("parked_message")).isEqualTo(1);
        assertThat(fixture.count("outbox where name = 'charge-payment'")).isEqualTo(3);
    }

    @Test
    void leaveNothingBehindWhenTheirTransactionIsLost() {
        var sagas = fixture.start(3);
        var batch = reserved(sagas);
        long messages = fixture.count("outbox");

        assertThatThrownBy(() -> fixture.transaction.executeWithoutResult(status -> {
                    fixture.handler.handle(batch);
                    throw new IllegalStateException("killed before the commit");
                }))
                .hasMessage("killed before the commit");

        assertThat(fixture.count("outbox")).isEqualTo(messages);
        assertThat(fixture.history(sagas.getFirst())).containsExactly("STARTED APPLIED RUNNING");
        fixture.replies.run(batch);
        assertThat(fixture.count("outbox")).isEqualTo(messages + 3);
    }

    @Test
    void haveEffectsThatAreLaterOnTheHybridClockThanTheirCauses() {
        var saga = fixture.start(1).getFirst();
        var ahead = Hlc.of(Instant.now().plus(Duration.ofMinutes(10)).toEpochMilli(), 7);
        var command = MessageKey.ofStep(saga, "reserve-inventory", 1);

        fixture.replies.run(List.of(fixture.reply(command, new Reserved(TOTAL), ahead)));

        var sent = fixture.jdbc.queryForObject("select hlc from outbox where name = 'charge-payment'", Long.class);
        var heard = fixture.jdbc.queryForObject("select hlc from saga_history where seq = 2", Long.class);
        var stored = fixture.jdbc.queryForObject("select hlc from saga", Long.class);
        assertThat(List.of(heard, sent, stored)).isSorted().allMatch(hlc -> hlc > ahead.packed());
    }

    private List<ConsumerRecord<String, byte[]>> reserved(List<SagaId> sagas) {
        return sagas.stream()
                .map(saga -> fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL)))
                .toList();
    }

    private ConsumerRecord<String, byte[]> undone(SagaId saga, String step) {
        var undo = MessageKey.ofStep(saga, step, 1).undo();
        return fixture.reply(undo, new Undone(), Hlc.ZERO);
    }

    private ConsumerRecord<String, byte[]> unreadable(SagaId saga) {
        var kafkaRecord = fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL));
        kafkaRecord.headers().remove(Headers.TYPE).add(Headers.TYPE, "inventory.no-such-type.v1".getBytes(UTF_8));
        return kafkaRecord;
    }
}
