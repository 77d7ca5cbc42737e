package shop.checkout.orchestrator.api;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import shop.checkout.codec.Codec;
import shop.checkout.contract.ReturnId;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.engine.NewSaga;
import shop.checkout.orchestrator.engine.SagaEngine;
import shop.checkout.orchestrator.returns.GoodsReturn;
import shop.checkout.orchestrator.returns.ReturnSaga;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.web.ProblemException;

/**
 * Starts returns of completed checkouts, each key once, and of each checkout one at a time: the next one only after the one
 * before was rejected.
 */
final class ReturnStarter {

    /** Of keys; the same for all clients until they are told apart. */
    private static final String SCOPE = "POST /api/v1/checkouts/{id}/returns";

    private static final SagaDefinition<GoodsReturn> NEWEST = ReturnSaga.V1;

    private final SagaEngine engine;
    private final KeyedStarter<ReturnTicket> starter;
    private final Returns returns;
    private final SagaIds ids;
    private final Codec codec;

    /** All that makes a request another one. */
    private record Asked(SagaId checkout, ReturnRequest request) {}

    ReturnStarter(SagaEngine engine, KeyedStarter<ReturnTicket> starter, Returns returns, SagaIds ids, Codec codec) {
        this.engine = engine;
        this.starter = starter;
        this.returns = returns;
        this.ids = ids;
        this.codec = codec;
    }

    /**
     * The return of this key. When it returns, the return is durable.
     *
     * @throws ProblemException 404 when there is no such checkout, 409 when it is not completed or is returned already or its
     *     key is just being used, 422 when the key has started another return, 503 when nothing can be started now
     */
    ReturnView start(SagaId checkoutId, IdempotencyKey key, ReturnRequest request, Optional<TraceParent> traceParent) {
        var goods = goods(ids.next(), completed(checkoutId), request);
        var id = new SagaId(goods.returnId().value());
        var ticket = Ticket.of(SCOPE, key, new Asked(checkoutId, request), codec);
        return starter.start(new NewSaga<>(id, NEWEST, goods, traceParent), new ReturnTicket(goods.orderId(), ticket))
                .map(started -> ReturnView.of(started.saga(), started.at(), started.at()))
                .orElseGet(() -> startedBefore(checkoutId, ticket));
    }

    /** That a checkout is completed never changes, so it need not be judged by the transaction that starts the return. */
    private Checkout completed(SagaId id) {
        var view = engine.find(id).orElseThrow(() -> Checkouts.unknown(id));
        var checkout = view.data(Checkout.class).orElseThrow(() -> Checkouts.unknown(id));
        if (view.saga().status() != SagaStatus.COMPLETED) {
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "not-returnable",
                    "Checkout " + id + " is not completed, so there is nothing to return.");
        }
        return checkout;
    }

    private static GoodsReturn goods(SagaId id, Checkout checkout, ReturnRequest request) {
        var total = checkout.total()
                .orElseThrow(() -> new IllegalStateException("order " + checkout.orderId() + " has no total"));
        return GoodsReturn.of(
                ReturnId.of(id), checkout.orderId(), checkout.lines(), total, checkout.address(), request.reason());
    }

    private ReturnView startedBefore(SagaId checkoutId, Ticket ticket) {
        var id = starter.startedBefore(ticket)
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.CONFLICT,
                        "already-returned",
                        "Checkout " + checkoutId + " is being returned, or was returned, already."));
        return returns.find(id)
                .orElseThrow(() -> new IllegalStateException("key " + ticket.key() + " has no saga " + id));
    }
}
