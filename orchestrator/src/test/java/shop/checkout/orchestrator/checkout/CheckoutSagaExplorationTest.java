package shop.checkout.orchestrator.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaExploration;
import shop.checkout.orchestrator.saga.SagaStatus;

class CheckoutSagaExplorationTest {

    @ParameterizedTest
    @MethodSource("versions")
    void allIsDoneOrAllIsUndoneWhateverHappensInWhateverOrder(SagaDefinition<Checkout> version) {
        var found = SagaExploration.of(version, CheckoutExample.CHECKOUT, CheckoutExample.REPLIES)
                .run();

        assertThat(found).containsOnlyKeys(SagaStatus.values());
    }

    static Stream<SagaDefinition<Checkout>> versions() {
        return Stream.of(CheckoutSaga.V1, CheckoutSaga.V2);
    }
}
