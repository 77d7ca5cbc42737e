package shop.checkout.orchestrator.engine;

import static shop.checkout.orchestrator.saga.Decision.abort;
import static shop.checkout.orchestrator.saga.Decision.proceed;
import static shop.checkout.orchestrator.saga.Step.step;

import com.fasterxml.uuid.Generators;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.saga.Announcement;
import shop.checkout.orchestrator.saga.RetryPolicy;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** Orders to test with. */
final class Orders {

    static final Money TOTAL = Money.of("249.00", "EUR");
    static final Address ADDRESS = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");

    /** A saga of one step that gets impatient at once, and gives up at once. */
    static final SagaDefinition<Checkout> IMPATIENT =
            impatient(everyMillisecondFor(Duration.ofMillis(1)), RetryPolicy.UNDO);

    /** Its payment is given up at once, and a person is called as soon as the goods are not released at once. */
    static final SagaDefinition<Checkout> HOPELESS = new SagaDefinition<>(
            "hopeless",
            1,
            Checkout.class,
            List.of(
                    CheckoutSaga.V1.steps().getFirst().undoRetry(everyMillisecondFor(Duration.ofMillis(1))),
                    CheckoutSaga.V1.steps().get(1).retry(everyMillisecondFor(Duration.ofMillis(1)))),
            Announcement.none());

    /** A saga of one step that is asked again every millisecond for an hour. */
    static final SagaDefinition<Checkout> PERSISTENT =
            impatient(everyMillisecondFor(Duration.ofHours(1)), RetryPolicy.UNDO);

    /** A saga whose payment is awaited for no more than a millisecond at a time, for an hour. */
    static final SagaDefinition<Checkout> RESTLESS = new SagaDefinition<>(
            "restless",
            1,
            Checkout.class,
            List.of(
                    CheckoutSaga.V1.steps().getFirst(),
                    CheckoutSaga.V1.steps().get(1).retry(everyMillisecondFor(Duration.ofHours(1)))),
            Announcement.none());

    /** An order under its saga's id. */
    record Order(SagaId id, Checkout checkout) {}

    private Orders() {}

    static Order newOrder() {
        var id = new SagaId(Generators.timeBasedEpochGenerator().generate());
        var lines = List.of(new OrderLine(new Sku("espresso-machine"), 1));
        return new Order(id, Checkout.of(OrderId.of(id), "c-42", lines, "pm_card_visa", ADDRESS));
    }

    /** The same name and version, and yet another saga. */
    static SagaDefinition<Checkout> changed(SagaDefinition<Checkout> definition) {
        return definition.within(Duration.ofHours(1));
    }

    static <T> Set<SagaId> admitAll(List<StartRequest<T>> requests) {
        return requests.stream().map(request -> request.saga().id()).collect(Collectors.toSet());
    }

    private static RetryPolicy everyMillisecondFor(Duration budget) {
        return new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), budget);
    }

    private static SagaDefinition<Checkout> impatient(RetryPolicy policy, RetryPolicy undoPolicy) {
        var reserve = step("reserve-inventory", Checkout.class)
                .send(ReserveInventory.class, order -> new ReserveInventory(order.orderId(), order.lines()))
                .onReply((order, reply) ->
                        reply instanceof ReserveInventory.Reserved ? proceed(order) : abort("cannot be reserved"))
                .undo(ReleaseInventory.class, order -> new ReleaseInventory(order.orderId()))
                .retry(policy)
                .undoRetry(undoPolicy);
        return new SagaDefinition<>("impatient", 1, Checkout.class, List.of(reserve), Announcement.none());
    }
}
