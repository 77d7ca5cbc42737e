package shop.checkout.orchestrator.checkout;

import static shop.checkout.orchestrator.saga.Decision.abort;
import static shop.checkout.orchestrator.saga.Decision.proceed;
import static shop.checkout.orchestrator.saga.Step.step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.checkout.CheckoutNeedsAttention;
import shop.checkout.contract.checkout.CheckoutRejected;
import shop.checkout.contract.checkout.CheckoutStarted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.inventory.ReserveInventory.UnknownSku;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.ChargePayment.Declined;
import shop.checkout.contract.payment.RefundPayment;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.contract.shipping.CreateShipment.Undeliverable;
import shop.checkout.message.Event;
import shop.checkout.orchestrator.saga.Milestone;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.Step;

/** Reserve the goods, take the money, send the parcel; or undo it all, last step first. */
public final class CheckoutSaga {

    /** Released: sagas in flight depend on it. A change goes into a new version beside it. */
    public static final SagaDefinition<Checkout> V1 = new SagaDefinition<>(
            "checkout",
            1,
            Checkout.class,
            List.of(reserveInventory(), chargePayment(), createShipment()),
            CheckoutSaga::announce);

    /** Nobody waits for ever: a checkout that cannot be finished in time is undone. */
    public static final SagaDefinition<Checkout> V2 = new SagaDefinition<>(
                    "checkout",
                    2,
                    Checkout.class,
                    List.of(reserveInventory(), chargePayment(), createShipment()),
                    CheckoutSaga::announce)
            .within(Duration.ofMinutes(15));

    private CheckoutSaga() {}

    private static Step<Checkout, ReserveInventory.Reply> reserveInventory() {
        return step("reserve-inventory", Checkout.class)
                .send(ReserveInventory.class, checkout -> new ReserveInventory(checkout.orderId(), checkout.lines()))
                .onReply((checkout, reply) -> switch (reply) {
                    case Reserved(var total) -> proceed(checkout.withTotal(total));
                    case OutOfStock(var sku) -> abort("out of stock: " + sku);
                    case UnknownSku(var sku) -> abort("unknown product: " + sku);
                })
                .undo(ReleaseInventory.class, checkout -> new ReleaseInventory(checkout.orderId()));
    }

    private static Step<Checkout, ChargePayment.Reply> chargePayment() {
        return step("charge-payment", Checkout.class)
                .send(
                        ChargePayment.class,
                        checkout -> new ChargePayment(
                                checkout.orderId(), checkout.paymentMethod(), checkout.requireTotal()))
                .onReply((checkout, reply) -> switch (reply) {
                    case Charged(var paymentId) -> proceed(checkout.withPaymentId(paymentId));
                    case Declined(var reason) -> abort("payment declined: " + reason);
                })
                .undo(RefundPayment.class, checkout -> new RefundPayment(checkout.orderId()));
    }

    private static Step<Checkout, CreateShipment.Reply> createShipment() {
        return step("create-shipment", Checkout.class)
                .send(
                        CreateShipment.class,
                        checkout -> new CreateShipment(checkout.orderId(), checkout.address(), checkout.lines()))
                .onReply((checkout, reply) -> switch (reply) {
                    case Shipped(var trackingNumber) -> proceed(checkout.withTrackingNumber(trackingNumber));
                    case Undeliverable(var reason) -> abort("cannot be delivered: " + reason);
                })
                .undo(CancelShipment.class, checkout -> new CancelShipment(checkout.orderId()));
    }

    private static Optional<Event> announce(Checkout checkout, Milestone milestone) {
        return Optional.of(
                switch (milestone) {
                    case Milestone.Started _ ->
                        new CheckoutStarted(checkout.orderId(), checkout.customerId(), checkout.lines());
                    case Milestone.Completed _ ->
                        new CheckoutCompleted(
                                checkout.orderId(),
                                checkout.requireTotal(),
                                checkout.trackingNumber().orElseThrow());
                    case Milestone.Rejected(var reason) -> new CheckoutRejected(checkout.orderId(), reason);
                    case Milestone.NeedsAttention(var reason) -> new CheckoutNeedsAttention(checkout.orderId(), reason);
                });
    }
}
