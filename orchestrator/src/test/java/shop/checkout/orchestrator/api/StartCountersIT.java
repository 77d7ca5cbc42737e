package shop.checkout.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.checkout.orchestrator.checkout.CheckoutExample.CHECKOUT;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shop.checkout.codec.Codec;
import shop.checkout.orchestrator.Http;
import shop.checkout.orchestrator.OrchestratorUnderTest;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.engine.NewSaga;
import shop.checkout.orchestrator.engine.SagaEngine;
import shop.checkout.orchestrator.engine.SagaStarter;
import shop.checkout.orchestrator.engine.StartGuard;
import shop.checkout.web.ProblemException;

/** Requests that are answered with 503 are counted, those apart of which nobody knows what became of them. */
class StartCountersIT extends OrchestratorUnderTest {

    private final String key = UUID.randomUUID().toString();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    private SagaEngine engine;

    @Autowired
    private IdempotencyKeys keys;

    @Autowired
    private SagaIds ids;

    @Autowired
    private Codec codec;

    @Test
    void countWhatIsRefused() {
        assertThatThrownBy(() -> startByOneThatStops(key)).isInstanceOf(ProblemException.class);

        assertThat(refused()).isEqualTo(1);
        assertThat(uncertain()).isZero();
    }

    @Test
    void countNoRepetitionBecauseItIsAnswered() {
        http().checkout(key, Http.CHECKOUT);

        startByOneThatStops(key);

        assertThat(refused()).isZero();
    }

    @Test
    void countWhatMayHaveBeenStarted() {
        var caller = Thread.currentThread();
        var answered = new CountDownLatch(1);
        StartGuard<Ticket> slow = _ -> {
            caller.interrupt(); // once the request has left the queue
            awaitUninterrupted(answered);
            return Set.of();
        };
        try (var starter = engine.starter(slow)) {
            assertThatThrownBy(() -> start(starter, key)).isInstanceOf(ProblemException.class);
            answered.countDown();
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(uncertain()).isEqualTo(1);
        assertThat(refused()).isZero();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startByOneThatStops(String key) {
        var starter = engine.starter(keys);
        starter.close();
        start(starter, key);
    }

    private void start(SagaStarter<Ticket> starter, String key) {
        var id = ids.next();
        var ticket = Ticket.of("POST /api/v1/checkouts", new IdempotencyKey(key), CHECKOUT, codec);
        new KeyedStarter<>(starter, keys, Function.identity(), "checkout", meters)
                .start(new NewSaga<>(id, CheckoutSaga.V2, CHECKOUT), ticket);
    }

    private double refused() {
        return meters.get("checkout.starts.refused").counter().count();
    }

    private double uncertain() {
        return meters.get("checkout.starts.uncertain").counter().count();
    }
}
