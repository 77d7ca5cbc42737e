package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Codec;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.time.Hlc;

class StrandedSagasIT {

    private final EngineFixture fixture = EngineFixture.fresh(Orders.IMPATIENT, CheckoutSaga.V1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void stopTheStartOfABuildThatCouldNotFinishThem() {
        fixture.start(3);
        var newer = new SagaKinds(List.of(CheckoutSaga.V1), Codec.ofCatalogue());

        assertThatThrownBy(() -> newer.requireAll(fixture.sagas.countOpen()))
                .hasMessageContaining("3 of impatient v1")
                .hasMessageContaining("put it back beside the new one");
    }

    @Test
    void areNoneOnceTheyHaveEnded() {
        var saga = fixture.start(1).getFirst();
        fixture.engine.cancel(saga, "changed my mind");
        var undo = MessageKey.ofStep(saga, "reserve-inventory", 1).undo();
        fixture.replies.run(List.of(fixture.reply(undo, new Undone(), Hlc.ZERO)));
        var newer = new SagaKinds(List.of(CheckoutSaga.V1), Codec.ofCatalogue());

        assertThatCode(() -> newer.requireAll(fixture.sagas.countOpen())).doesNotThrowAnyException();
    }
}
