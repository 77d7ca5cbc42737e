package shop.checkout.orchestrator.returns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import shop.checkout.orchestrator.saga.SagaExploration;
import shop.checkout.orchestrator.saga.SagaStatus;

class ReturnSagaExplorationTest {

    @Test
    void allIsDoneOrAllIsUndoneWhateverHappensInWhateverOrder() {
        var found = SagaExploration.of(ReturnSaga.V1, ReturnExample.GOODS, ReturnExample.REPLIES)
                .disturbed(2)
                .run();

        assertThat(found).containsOnlyKeys(SagaStatus.values());
    }
}
