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
import shop.checkout.orchestrator.saga.Announcement;
import shop.checkout.orchestrator.saga.RetryPolicy;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** Orders to test with. */
final class Orders {

    static final Money TOTAL = Money.of("249.00", "EUR");
    static final Address ADDRESS = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");

    /** A saga of one step that gets impatient at once, and gives up at once. */
    static final SagaDefinition<Checkout> IMPATIENT = impatient(
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)));

    /** A saga of one step that is asked again every millisecond for an hour. */
    static final SagaDefinition<Checkout> PERSISTENT = impatient(
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(1)));

    /** An order under its saga's id. */
    record Order(SagaId id, Checkout checkout) {}

    private Orders() {}

    static Order newOrder() {
        var id = new SagaId(Generators.timeBasedEpochGenerator().generate());
        var lines = List.of(new OrderLine(new Sku("espresso-machine"), 1));
        return new Order(id, Checkout.of(OrderId.of(id), "c-42", lines, "pm_card_visa", ADDRESS));
    }

    static <T> Set<SagaId> admitAll(List<StartRequest<T>> requests) {
        return requests.stream().map(request -> request.saga().id()).collect(Collectors.toSet());
    }

    private static SagaDefinition<Checkout> impatient(RetryPolicy policy) {
        var reserve = step("reserve-inventory", Checkout.class)
                .send(ReserveInventory.class, order -> new ReserveInventory(order.orderId(), order.lines()))
                .onReply((order, reply) ->
                        reply instanceof ReserveInventory.Reserved ? proceed(order) : abort("cannot be reserved"))
                .undo(ReleaseInventory.class, order -> new ReleaseInventory(order.orderId()))
                .retry(policy);
        return new SagaDefinition<>("impatient", 1, Checkout.class, List.of(reserve), Announcement.none());
    }
}
