package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.checkout.orchestrator.engine.Orders.TOTAL;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.breaker.BreakerSettings;

/** A participant that stops answering makes sagas wait, is asked by one of them, and by all when it answers. */
class HeldSagasIT {

    private static final BreakerSettings QUICK_TO_OPEN = new BreakerSettings(
            Duration.ofSeconds(60),
            5,
            50,
            Duration.ZERO,
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMinutes(5),
            20,
            30);
    private static final BreakerSettings OPEN_FOR_LONG = new BreakerSettings(
            Duration.ofSeconds(60),
            5,
            50,
            Duration.ZERO,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            20,
            30);

    private EngineFixture fixture = EngineFixture.fresh(OPEN_FOR_LONG, Orders.RESTLESS);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void waitAtTheStepWithoutBeingAsked() {
        paymentFallsSilent();

        var held = reserved(3);

        assertThat(held).allSatisfy(saga -> assertThat(fixture.outbox(saga)).doesNotContain("charge-payment 1"));
        assertThat(fixture.count("saga where held_by = 'payment' and status = 'RUNNING'"))
                .isEqualTo(3);
        assertThat(fixture.engine.find(held.getFirst()).orElseThrow().saga().reason())
                .contains("charge-payment is held back until its participant answers again");
    }

    @Test
    void areNotAskedAgainEitherWhenTheyWereAskedBefore() {
        paymentFallsSilent();
        long sent = fixture.count("outbox where name = 'charge-payment'");

        timeOut(5);

        assertThat(fixture.count("outbox where name = 'charge-payment'")).isEqualTo(sent);
        assertThat(fixture.count("saga where wake_at < now() + interval '10 seconds'"))
                .isZero();
    }

    @Test
    void areHeldByEveryReplica() {
        paymentFallsSilent();

        try (var other = fixture.replica()) {
            other.held.sweep();

            assertThat(other.breakers.heldBack()).containsExactly("payment");
        }
    }

    @Test
    void keepNewOnesFromStartingWhenTheyAreTooMany() {
        paymentFallsSilent();
        reserved(29);
        fixture.held.sweep();
        var last = reserved(1);

        fixture.held.sweep();

        assertThat(last).hasSize(1);
        assertThatThrownBy(() -> fixture.start(1))
                .hasMessageContaining("too many sagas wait for a participant that does not answer");
    }

    @Test
    void sendOneToFindOutHoweverManyReplicasLook() throws Exception {
        reopen(QUICK_TO_OPEN);
        paymentFallsSilent();
        var held = reserved(20);

        try (var other = fixture.replica();
                var threads = Executors.newFixedThreadPool(2)) {
            Awaitility.await().until(() -> {
                var sweeps = List.<Callable<Void>>of(() -> sweep(fixture), () -> sweep(other));
                for (var sweep : threads.invokeAll(sweeps)) {
                    sweep.get();
                }
                return !asked(held).isEmpty();
            });
            sweep(other);
        }

        assertThat(asked(held)).containsExactly(held.getFirst());
    }

    @Test
    void goOnOldestFirstWhenTheOneIsAnswered() {
        reopen(QUICK_TO_OPEN);
        paymentFallsSilent();
        var held = reserved(25);
        Awaitility.await().until(() -> {
            sweep(fixture);
            return !asked(held).isEmpty();
        });

        fixture.replies.run(List.of(fixture.reply(held.getFirst(), "charge-payment", new Charged("pay_1"))));
        sweep(fixture);
        var first = asked(held);

        assertThat(first).hasSizeLessThan(25).isEqualTo(held.subList(0, first.size()));
        Awaitility.await().until(() -> {
            sweep(fixture);
            return fixture.breakers.heldBack().isEmpty();
        });
        assertThat(asked(held)).isEqualTo(held);
        assertThat(fixture.count("participant_breaker")).isZero();
    }

    @Test
    void costOnlyThemselvesWhenTheyCannotGoOn() {
        reopen(QUICK_TO_OPEN);
        paymentFallsSilent();
        var held = reserved(3);
        fixture.transaction.executeWithoutResult(status -> fixture.jdbc.update(
                "update saga set steps = 'broken' where id = ?::uuid",
                held.getFirst().toString()));

        Awaitility.await().until(() -> {
            sweep(fixture);
            return !asked(held).isEmpty();
        });

        assertThat(asked(held)).containsExactly(held.get(1));
        assertThat(fixture.count("saga where steps = 'broken' and held_by is null and wake_at > now()"))
                .isEqualTo(1);
    }

    @Test
    void goOnAlthoughTheirBreakerWasClosedBeforeTheyWereStored() {
        paymentFallsSilent();
        var held = reserved(3);
        fixture.transaction.executeWithoutResult(status -> fixture.jdbc.update("delete from participant_breaker"));

        sweep(fixture);

        assertThat(asked(held)).isEqualTo(held);
    }

    @Test
    void areNoneOfAParticipantThatAnswersMoreOftenThanNot() {
        var sagas = reserved(20);
        sagas.subList(0, 12)
                .forEach(saga ->
                        fixture.replies.run(List.of(fixture.reply(saga, "charge-payment", new Charged("pay_1")))));

        timeOut(8);
        fixture.held.sweep();

        assertThat(fixture.breakers.heldBack()).isEmpty();
    }

    private void paymentFallsSilent() {
        reserved(5);
        timeOut(5);
        fixture.held.sweep();
        assertThat(fixture.breakers.heldBack()).containsExactly("payment");
    }

    private void timeOut(int sagas) {
        Awaitility.await().until(() -> fixture.count("saga where wake_at <= now()") == sagas);
        fixture.timers.sweep();
    }

    private List<SagaId> reserved(int count) {
        var sagas = fixture.start(count).stream().sorted().toList();
        fixture.replies.run(sagas.stream()
                .map(saga -> fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL)))
                .toList());
        return sagas;
    }

    private List<SagaId> asked(List<SagaId> sagas) {
        return sagas.stream()
                .filter(saga -> fixture.outbox(saga).contains("charge-payment 1"))
                .toList();
    }

    private static Void sweep(EngineFixture replica) {
        replica.held.sweep();
        return null;
    }

    private void reopen(BreakerSettings settings) {
        fixture.close();
        fixture = EngineFixture.fresh(settings, Orders.RESTLESS);
    }
}
