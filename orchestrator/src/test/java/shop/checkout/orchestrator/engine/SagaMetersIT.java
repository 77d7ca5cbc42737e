package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.checkout.orchestrator.engine.Orders.TOTAL;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import shop.checkout.contract.Sku;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.CheckoutSaga;

/** What operators are told about sagas. */
class SagaMetersIT {

    private static final Sku SKU = new Sku("espresso-machine");

    private final EngineFixture fixture = EngineFixture.fresh(CheckoutSaga.V1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tellHowManyAreOpenAndSinceWhen() {
        var sagas = fixture.start(4);
        refuse(sagas.getFirst());
        fixture.engine.cancel(sagas.get(1), "changed my mind");
        execute("update saga set held_by = 'inventory', created_at = now() - interval '1 hour' where id = '%s'"
                .formatted(sagas.get(2)));

        fixture.meters.count();

        assertThat(gauge("checkout.sagas.open", "RUNNING")).isEqualTo(2);
        assertThat(gauge("checkout.sagas.open", "COMPENSATING")).isEqualTo(1);
        assertThat(gauge("checkout.sagas.open", "NEEDS_ATTENTION")).isZero();
        assertThat(gauge("checkout.sagas.held", "RUNNING")).isEqualTo(1);
        assertThat(gauge("checkout.sagas.held", "COMPENSATING")).isZero();
        assertThat(gauge("checkout.sagas.oldest", "RUNNING")).isBetween(3_600.0, 4_000.0);
        assertThat(gauge("checkout.sagas.oldest", "COMPENSATING")).isBetween(0.0, 400.0);
    }

    @Test
    void forgetThoseThatHaveEnded() {
        var saga = fixture.start(1).getFirst();
        fixture.meters.count();
        refuse(saga);

        fixture.meters.count();

        assertThat(gauge("checkout.sagas.open", "RUNNING")).isZero();
        assertThat(gauge("checkout.sagas.oldest", "RUNNING")).isZero();
    }

    @Test
    void sayNothingRatherThanSomethingOldWhileTheDatabaseDoesNotAnswer() {
        assertThat(gauge("checkout.sagas.open", "RUNNING")).isNaN();
        fixture.meters.count();
        assertThat(gauge("checkout.sagas.open", "RUNNING")).isZero();

        fixture.close();

        assertThatThrownBy(fixture.meters::count).isInstanceOf(DataAccessException.class);
        assertThat(gauge("checkout.sagas.open", "RUNNING")).isNaN();
    }

    @Test
    void measureEachSagaOnceWhenItEnds() {
        var sagas = fixture.start(2);
        execute("update saga set created_at = now() - interval '1 hour'");

        refuse(sagas.getFirst());
        refuse(sagas.getFirst());

        assertThat(ended("REJECTED")).isEqualTo(1);
        assertThat(ended("COMPLETED")).isZero();
        assertThat(fixture.registry
                        .get("checkout.saga.duration")
                        .tag("outcome", "REJECTED")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isBetween(3_600.0, 4_000.0);
    }

    @Test
    void measureNothingThatIsRolledBack() {
        var saga = fixture.start(1).getFirst();

        fixture.transaction.executeWithoutResult(status -> {
            fixture.handler.handle(List.of(fixture.reply(saga, "reserve-inventory", new OutOfStock(SKU))));
            status.setRollbackOnly();
        });

        assertThat(ended("REJECTED")).isZero();
    }

    @Test
    void countRepliesThatNobodyWaitsFor() {
        var saga = fixture.start(1).getFirst();
        var reply = fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL));

        fixture.replies.run(List.of(reply));
        assertThat(ignored()).isZero();
        fixture.replies.run(List.of(reply, reply));
        fixture.engine.cancel(saga, "changed my mind");
        fixture.engine.cancel(saga, "changed my mind");

        assertThat(ignored()).isEqualTo(2);
    }

    private void refuse(SagaId saga) {
        fixture.replies.run(List.of(fixture.reply(saga, "reserve-inventory", new OutOfStock(SKU))));
    }

    private void execute(String sql) {
        fixture.transaction.executeWithoutResult(status -> fixture.jdbc.execute(sql));
    }

    private double gauge(String name, String status) {
        return fixture.registry.get(name).tag("status", status).gauge().value();
    }

    private long ended(String outcome) {
        return fixture.registry
                .get("checkout.saga.duration")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private double ignored() {
        return fixture.registry.get("checkout.replies.ignored").counter().count();
    }
}
