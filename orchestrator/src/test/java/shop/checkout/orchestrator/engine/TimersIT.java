package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.orchestrator.engine.Orders.TOTAL;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.saga.SagaDefinition;

class TimersIT {

    private EngineFixture fixture;

    @BeforeEach
    void open() {
        fixture = EngineFixture.fresh(Orders.PERSISTENT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void use(SagaDefinition<Checkout> definition) {
        fixture.close();
        fixture = EngineFixture.fresh(definition);
    }

    @Test
    void askAgainWhatIsDue() {
        var saga = fixture.start(1).getFirst();

        sweepOnceDue();

        assertThat(fixture.outbox(saga)).containsExactly("reserve-inventory 1", "reserve-inventory 2");
        assertThat(fixture.history(saga)).containsExactly("STARTED APPLIED RUNNING", "TIME_CAME APPLIED RUNNING");
    }

    @Test
    void giveUpWhatIsHopelessAndUndoIt() {
        use(Orders.IMPATIENT);
        var saga = fixture.start(1).getFirst();

        sweepOnceDue();

        assertThat(fixture.outbox(saga)).containsExactly("reserve-inventory 1", "reserve-inventory/undo 1");
        assertThat(fixture.statuses()).isEqualTo(Map.of("COMPENSATING", 1L));
    }

    @Test
    void shareTheWorkAmongReplicasWithoutDoingItTwice() throws Exception {
        use(Orders.IMPATIENT);
        fixture.start(400);
        awaitAllDue();

        try (var other = fixture.replica();
                var threads = Executors.newFixedThreadPool(4)) {
            var sweeps = IntStream.range(0, 8)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        (i % 2 == 0 ? fixture : other).timers.sweep();
                        return null;
                    })
                    .toList();
            for (var sweep : threads.invokeAll(sweeps)) {
                sweep.get();
            }
        }

        assertThat(fixture.count("outbox where name = 'reserve-inventory/undo'"))
                .isEqualTo(400);
        assertThat(fixture.count("saga_history where cause = 'TIME_CAME'")).isEqualTo(400);
    }

    @Test
    void leaveALookThatIsEarlyEnoughAloneAndSetItExactlyWhenItComes() {
        use(CheckoutSaga.V1);
        var saga = fixture.start(1).getFirst();
        fixture.jdbc.update("update saga set wake_at = wake_at - interval '1 second'"); // more than any jitter
        var early = wakeAt(saga);

        fixture.replies.run(List.of(fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL))));
        assertThat(wakeAt(saga)).isEqualTo(early);
        fixture.jdbc.update("update saga set wake_at = now() - interval '1 second'");
        fixture.timers.sweep();

        assertThat(wakeAt(saga)).isGreaterThan(early);
        assertThat(fixture.history(saga)).containsExactly("STARTED APPLIED RUNNING", "REPLIED APPLIED RUNNING");
    }

    @Test
    void bringALookForwardThatWouldComeTooLate() {
        use(CheckoutSaga.V1);
        var saga = fixture.start(1).getFirst();
        fixture.jdbc.update("update saga set wake_at = now() + interval '1 hour'");

        fixture.replies.run(List.of(fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL))));

        assertThat(fixture.count("saga where wake_at < now() + interval '1 minute'"))
                .isEqualTo(1);
    }

    @Test
    void areNotStoppedByASagaThatCannotBeRead() {
        use(Orders.IMPATIENT);
        var sagas = fixture.start(3);
        awaitAllDue();
        fixture.jdbc.update(
                "update saga set steps = 'broken' where id = ?::uuid",
                sagas.getFirst().toString());

        fixture.timers.sweep();

        assertThat(fixture.statuses()).isEqualTo(Map.of("RUNNING", 1L, "COMPENSATING", 2L));
        assertThat(fixture.count("saga where steps = 'broken' and wake_at > now() + interval '20 seconds'"))
                .isEqualTo(1);
    }

    private void sweepOnceDue() {
        awaitAllDue();
        fixture.timers.sweep();
    }

    private void awaitAllDue() {
        Awaitility.await().until(() -> fixture.count("saga where wake_at > now()") == 0);
    }

    private String wakeAt(SagaId saga) {
        return String.valueOf(fixture.jdbc.queryForObject(
                "select wake_at::text from saga where id = ?::uuid", String.class, saga.toString()));
    }
}
