package shop.checkout.orchestrator.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.NewSaga;
import shop.checkout.orchestrator.engine.SagaStarter;
import shop.checkout.orchestrator.engine.StartRefused;
import shop.checkout.orchestrator.engine.StartUncertain;
import shop.checkout.orchestrator.engine.Started;
import shop.checkout.web.ProblemException;

/**
 * Starts sagas of one kind, each key once, and tells clients what stands in the way.
 *
 * @param <T> what their guard judges requests by
 */
final class KeyedStarter<T> {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final SagaStarter<T> starter;
    private final IdempotencyKeys keys;
    private final Function<T, Ticket> keyOf;
    private final String kind;
    private final Counter refused;
    private final Counter uncertain;
    private final Semaphore lookUps = new Semaphore(2);

    /** @param kind what clients call such a saga */
    KeyedStarter(
            SagaStarter<T> starter,
            IdempotencyKeys keys,
            Function<T, Ticket> keyOf,
            String kind,
            MeterRegistry meters) {
        this.starter = starter;
        this.keys = keys;
        this.keyOf = keyOf;
        this.kind = kind;
        this.refused = Counter.builder("checkout.starts.refused")
                .description("Starts turned away because too much was going on")
                .tag("kind", kind)
                .register(meters);
        this.uncertain = Counter.builder("checkout.starts.uncertain")
                .description("Starts of which the client was told that it is not known what became of them")
                .tag("kind", kind)
                .register(meters);
    }

    /**
     * Starts it unless its guard refuses; then nothing of the request is stored. When it returns, the outcome is durable.
     *
     * @throws ProblemException 409 when its key is just being used, 503 when nothing can be started now
     */
    <S> Optional<Started<S>> start(NewSaga<S> saga, T ticket) {
        try {
            return starter.start(saga, ticket);
        } catch (KeyInUse e) {
            throw inProgress();
        } catch (StartRefused e) {
            if (isRepetition(ticket)) {
                return Optional.empty();
            }
            refused.increment();
            throw unavailable("overloaded", "Too much is going on right now; nothing was started.");
        } catch (StartUncertain e) {
            uncertain.increment();
            throw unavailable(
                    "outcome-unknown",
                    "It is not known whether the " + kind + " was started. Ask again with the same key to find out.");
        }
    }

    /**
     * A repetition is answered, however much is going on; but those who are refused must not take the database's connections away from
     * those who are not.
     */
    private boolean isRepetition(T ticket) {
        if (!lookUps.tryAcquire()) {
            return false;
        }
        try {
            return keys.find(keyOf.apply(ticket)).isPresent();
        } finally {
            lookUps.release();
        }
    }

    /**
     * What the key of a refused request has started.
     *
     * @throws ProblemException 422 when that was by another payload
     */
    Optional<SagaId> startedBefore(Ticket ticket) {
        var used = keys.find(ticket);
        if (used.filter(it -> !it.fingerprint().equals(ticket.fingerprint())).isPresent()) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "This Idempotency-Key has started another " + kind + ". Send a new key with each new " + kind
                            + ".");
        }
        return used.map(IdempotencyKeys.Used::sagaId);
    }

    static ProblemException inProgress() {
        return ProblemException.of(
                        HttpStatus.CONFLICT,
                        "request-in-progress",
                        "A request with this Idempotency-Key is still being worked on. Ask again with the same key.")
                .retryAfter(SOON);
    }

    private static ProblemException unavailable(String code, String detail) {
        return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, code, detail).retryAfter(SOON);
    }
}
