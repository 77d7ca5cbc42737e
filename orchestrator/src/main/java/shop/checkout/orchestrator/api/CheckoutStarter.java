package shop.checkout.orchestrator.api;

import java.util.Optional;
import shop.checkout.codec.Codec;
import shop.checkout.contract.OrderId;
import shop.checkout.message.TraceParent;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.engine.NewSaga;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.web.ProblemException;

/** Starts checkouts, each key once: a repetition is answered with the checkout that its key has started. */
final class CheckoutStarter {

    /** Of keys; the same for all clients until they are told apart. */
    private static final String SCOPE = "POST /api/v1/checkouts";

    /** Released definitions stay as they are; new checkouts get the newest. */
    private static final SagaDefinition<Checkout> NEWEST = CheckoutSaga.V2;

    private final KeyedStarter<Ticket> starter;
    private final Checkouts checkouts;
    private final SagaIds ids;
    private final Codec codec;

    CheckoutStarter(KeyedStarter<Ticket> starter, Checkouts checkouts, SagaIds ids, Codec codec) {
        this.starter = starter;
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
    CheckoutView start(IdempotencyKey key, CheckoutRequest request, Optional<TraceParent> traceParent) {
        var id = ids.next();
        var checkout = request.toCheckout(OrderId.of(id));
        var ticket = Ticket.of(SCOPE, key, request, codec);
        return starter.start(new NewSaga<>(id, NEWEST, checkout, traceParent), ticket)
                .map(started -> CheckoutView.of(started.saga(), started.at(), started.at()))
                .orElseGet(() -> startedBefore(ticket));
    }

    private CheckoutView startedBefore(Ticket ticket) {
        var id = starter.startedBefore(ticket).orElseThrow(KeyedStarter::inProgress);
        return checkouts
                .find(id)
                .orElseThrow(() -> new IllegalStateException("key " + ticket.key() + " has no saga " + id));
    }
}
