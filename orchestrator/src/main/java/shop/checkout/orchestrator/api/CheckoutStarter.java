package shop.checkout.orchestrator.api;

import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import shop.checkout.codec.Codec;
import shop.checkout.contract.OrderId;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.engine.NewSaga;
import shop.checkout.orchestrator.engine.SagaStarter;
import shop.checkout.orchestrator.engine.StartRefused;
import shop.checkout.orchestrator.engine.StartUncertain;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaMachine;
import shop.checkout.web.ProblemException;

/** Starts checkouts, each key once: a repetition is answered with the checkout that its key has started. */
final class CheckoutStarter {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** Released definitions stay as they are; new checkouts get the newest. */
    private static final SagaDefinition<Checkout> NEWEST = CheckoutSaga.V2;

    private final SagaStarter<Ticket> starter;
    private final IdempotencyKeys keys;
    private final Checkouts checkouts;
    private final SagaIds ids;
    private final Codec codec;
    private final SagaMachine<Checkout> machine = new SagaMachine<>(NEWEST);

    CheckoutStarter(SagaStarter<Ticket> starter, IdempotencyKeys keys, Checkouts checkouts, SagaIds ids, Codec codec) {
        this.starter = starter;
        this.keys = keys;
        this.checkouts = checkouts;
        this.ids = ids;
        this.codec = codec;
    }

    /**
     * The checkout of this key. When it returns, the checkout is durable.
     *
     * @throws ProblemException 422 when the key has started another checkout, 409 when it is just being used, 503 when
     *     nothing can be started now
     */
    CheckoutView start(IdempotencyKey key, CheckoutRequest request) {
        var id = ids.next();
        var checkout = request.toCheckout(OrderId.of(id));
        var ticket = Ticket.of(key, request, codec);
        try {
            return starter.start(new NewSaga<>(id, NEWEST, checkout), ticket)
                    ? justStarted(id, checkout, ticket)
                    : startedBefore(ticket);
        } catch (KeyInUse e) {
            throw inProgress();
        } catch (StartRefused e) {
            throw unavailable("overloaded", "Too much is going on right now; nothing was started.");
        } catch (StartUncertain e) {
            throw unavailable(
                    "outcome-unknown",
                    "It is not known whether the checkout was started. Ask again with the same key to find out.");
        }
    }

    /** As it was stored by the commit that has just happened; computed, since a query would cost a round trip more. */
    private CheckoutView justStarted(SagaId id, Checkout checkout, Ticket ticket) {
        Instant at = ticket.admittedAt()
                .orElseThrow(() -> new IllegalStateException("checkout " + id + " was started without being admitted"));
        var saga = machine.on(NEWEST.born(id, checkout), new News.Started(at)).saga();
        return CheckoutView.of(saga, at, at);
    }

    private CheckoutView startedBefore(Ticket ticket) {
        var used = keys.find(ticket.key()).orElseThrow(CheckoutStarter::inProgress);
        if (!used.fingerprint().equals(ticket.fingerprint())) {
            throw ProblemException.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "This Idempotency-Key has started another checkout. Send a new key with each new checkout.");
        }
        return checkouts
                .find(used.sagaId())
                .orElseThrow(() -> new IllegalStateException("key " + ticket.key() + " has no saga " + used.sagaId()));
    }

    private static ProblemException inProgress() {
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
