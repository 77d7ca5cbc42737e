package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.time.Hlc;

class StrandedSagasIT {

    private final EngineFixture fixture = EngineFixture.fresh(Orders.IMPATIENT, CheckoutSaga.V1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void areCountedBeforeABuildIsDeployedThatCouldNotFinishThem() {
        fixture.start(3);

        var check = check(CheckoutSaga.V1);

        assertThat(check.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("3 of impatient v1", "put it back beside the new one"));
        assertThat(check.summary())
                .containsExactly(
                        "checkout v1 -> v1: 0 in flight, 0 stranded", "impatient v1 -> none: 3 in flight, 3 stranded");
    }

    @Test
    void stillNeedTheirDefinitionWhenTheyHaveEnded() {
        var saga = fixture.start(1).getFirst();
        fixture.engine.cancel(saga, "changed my mind");
        var undo = MessageKey.ofStep(saga, "reserve-inventory", 1).undo();
        fixture.replies.run(List.of(fixture.reply(undo, new Undone(), Hlc.ZERO)));

        fixture.transaction.executeWithoutResult(
                status -> new SagaStock(fixture.jdbc).promise(List.of(Orders.IMPATIENT, CheckoutSaga.V1)));

        assertThat(check(Orders.IMPATIENT, CheckoutSaga.V1).faults()).isEmpty();
        assertThat(check(CheckoutSaga.V1).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .contains("ended sagas are still stored of impatient v1", "put it back beside the new one"));
    }

    @Test
    void areNoneWhereThereIsANewVersionBesideTheOld() {
        fixture.start(2);
        var newer = new SagaDefinition<>(
                "impatient",
                2,
                Orders.IMPATIENT.dataType(),
                Orders.IMPATIENT.stages(),
                Orders.IMPATIENT.announcement());

        var check = check(Orders.IMPATIENT, newer);

        assertThat(check.faults()).isEmpty();
        assertThat(check.summary()).containsExactly("impatient v1 -> v2: 2 in flight, 0 stranded");
    }

    @Test
    void areThoseToWhomSomethingElseWasPromised() {
        fixture.transaction.executeWithoutResult(
                status -> new SagaStock(fixture.jdbc).promise(List.of(Orders.IMPATIENT, CheckoutSaga.V1)));
        fixture.start(2);

        var check = check(Orders.changed(Orders.IMPATIENT), CheckoutSaga.V1);

        assertThat(check.faults())
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault).contains("impatient v1 with 2 in flight", "give the change a new version"));
    }

    @Test
    void areNoReasonToRefuseAChangeThatNobodyInFlightReliesOn() {
        fixture.transaction.executeWithoutResult(
                status -> new SagaStock(fixture.jdbc).promise(List.of(Orders.IMPATIENT)));

        var changed = Orders.changed(Orders.IMPATIENT);
        assertThat(check(changed).faults()).isEmpty();
        fixture.transaction.executeWithoutResult(status -> new SagaStock(fixture.jdbc).promise(List.of(changed)));

        assertThat(new SagaStock(fixture.jdbc).promised()).containsValue(changed.outline());
    }

    private DeployCheck check(SagaDefinition<?>... definitions) {
        return DeployCheck.of(List.of(definitions), new SagaStock(fixture.jdbc));
    }
}
