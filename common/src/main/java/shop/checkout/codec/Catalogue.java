package shop.checkout.codec;

import java.util.List;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.checkout.CheckoutNeedsAttention;
import shop.checkout.contract.checkout.CheckoutRejected;
import shop.checkout.contract.checkout.CheckoutStarted;
import shop.checkout.contract.checkout.ReturnCompleted;
import shop.checkout.contract.checkout.ReturnNeedsAttention;
import shop.checkout.contract.checkout.ReturnRejected;
import shop.checkout.contract.checkout.ReturnStarted;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.RefundPayment;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.contract.shipping.CancelPickUp;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;

/** Every message type there is. A new one is added here; a released one is never changed. */
public final class Catalogue {

    public static final List<Class<? extends Record>> TYPES = List.of(
            Undone.class,
            Superseded.class,
            ReserveInventory.class,
            ReserveInventory.Reserved.class,
            ReserveInventory.OutOfStock.class,
            ReserveInventory.UnknownSku.class,
            ReleaseInventory.class,
            ChargePayment.class,
            ChargePayment.Charged.class,
            ChargePayment.Declined.class,
            RefundPayment.class,
            CreateShipment.class,
            CreateShipment.Shipped.class,
            CreateShipment.Undeliverable.class,
            CancelShipment.class,
            CheckoutStarted.class,
            CheckoutCompleted.class,
            CheckoutRejected.class,
            CheckoutNeedsAttention.class,
            SchedulePickUp.class,
            SchedulePickUp.Scheduled.class,
            SchedulePickUp.Refused.class,
            CancelPickUp.class,
            RefundReturn.class,
            RefundReturn.Refunded.class,
            RefundReturn.Refused.class,
            Restock.class,
            Restock.Restocked.class,
            ReturnStarted.class,
            ReturnCompleted.class,
            ReturnRejected.class,
            ReturnNeedsAttention.class);

    private Catalogue() {}
}
