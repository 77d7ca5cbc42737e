package shop.checkout.orchestrator.tutorial;

import static shop.checkout.orchestrator.saga.Decision.abort;
import static shop.checkout.orchestrator.saga.Decision.proceed;
import static shop.checkout.orchestrator.saga.Step.step;

import java.util.List;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.ChargePayment.Declined;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.contract.shipping.CreateShipment.Undeliverable;
import shop.checkout.orchestrator.saga.Announcement;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.Step;

/** Send the voucher, take the money, and only then make it worth something. */
public final class VoucherSaga {

    static final List<OrderLine> CARD = List.of(new OrderLine(new Sku("voucher"), 1));

    public static final SagaDefinition<Voucher> V1 = new SagaDefinition<>(
            "voucher", 1, Voucher.class, List.of(send(), charge(), activate()), Announcement.none());

    private VoucherSaga() {}

    private static Step<Voucher, CreateShipment.Reply> send() {
        return step("send", Voucher.class)
                .send(CreateShipment.class, it -> new CreateShipment(it.orderId(), it.address(), CARD))
                .onReply((voucher, reply) -> switch (reply) {
                    case Shipped(var number) -> proceed(voucher.sentAs(number));
                    case Undeliverable(var reason) -> abort("cannot be delivered: " + reason);
                })
                .undo(CancelShipment.class, it -> new CancelShipment(it.orderId()));
    }

    private static Step<Voucher, ChargePayment.Reply> charge() {
        return step("charge", Voucher.class)
                .send(ChargePayment.class, it -> new ChargePayment(it.orderId(), it.paymentMethod(), it.value()))
                .onReply((voucher, reply) -> switch (reply) {
                    case Charged _ -> proceed(voucher);
                    case Declined(var reason) -> abort("payment declined: " + reason);
                })
                .pivot();
    }

    private static Step<Voucher, ActivateVoucher.Activated> activate() {
        return step("activate", Voucher.class)
                .send(ActivateVoucher.class, it -> new ActivateVoucher(it.orderId(), it.value()))
                .retriable((voucher, _) -> voucher);
    }
}
