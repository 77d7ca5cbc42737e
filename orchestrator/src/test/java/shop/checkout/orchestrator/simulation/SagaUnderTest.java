package shop.checkout.orchestrator.simulation;

import java.time.Duration;
import java.util.List;
import shop.checkout.orchestrator.checkout.CheckoutExample;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.returns.ReturnExample;
import shop.checkout.orchestrator.returns.ReturnSaga;
import shop.checkout.orchestrator.saga.ReplyExamples;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaMachine;
import shop.checkout.orchestrator.saga.Trip;

/** A definition, and what a saga of this kind needs to run. */
record SagaUnderTest<S>(
        SagaDefinition<S> definition, S data, ReplyExamples replies, SagaMachine<S> machine, Plan plan) {

    /** The sagas that are simulated. */
    static final List<SagaUnderTest<?>> ALL = List.of(
            new SagaUnderTest<>(CheckoutSaga.V1, CheckoutExample.CHECKOUT, CheckoutExample.REPLIES),
            new SagaUnderTest<>(Trip.V1.within(Duration.ofMinutes(3)), Trip.ADA, Trip.REPLIES),
            new SagaUnderTest<>(CheckoutSaga.V2, CheckoutExample.CHECKOUT, CheckoutExample.REPLIES),
            new SagaUnderTest<>(ReturnSaga.V1, ReturnExample.GOODS, ReturnExample.REPLIES));

    /** @param replies an example of each reply that participants may send */
    SagaUnderTest(SagaDefinition<S> definition, S data, List<?> replies) {
        this(
                definition,
                data,
                new ReplyExamples(definition, data, replies),
                new SagaMachine<>(definition),
                new Plan(definition));
    }

    /** They take turns. */
    static SagaUnderTest<?> of(long seed) {
        return ALL.get((int) (seed % ALL.size()));
    }
}
