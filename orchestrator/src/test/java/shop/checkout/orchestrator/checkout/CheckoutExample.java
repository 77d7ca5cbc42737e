package shop.checkout.orchestrator.checkout;

import java.util.List;
import shop.checkout.contract.Sku;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.inventory.ReserveInventory.UnknownSku;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.ChargePayment.Declined;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.contract.shipping.CreateShipment.Undeliverable;

/** A checkout, and one reply of each type that its participants may send. */
public final class CheckoutExample {

    public static final Checkout CHECKOUT = CheckoutSagaTest.CHECKOUT;

    public static final List<Object> REPLIES = List.of(
            new Reserved(CheckoutSagaTest.TOTAL),
            new OutOfStock(new Sku("sold-out")),
            new UnknownSku(new Sku("tea-pot")),
            new Charged("pay_1"),
            new Declined("no funds"),
            new Shipped("TRACK-1"),
            new Undeliverable("no such street"));

    private CheckoutExample() {}
}
