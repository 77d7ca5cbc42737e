package shop.checkout.orchestrator.tutorial;

import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/** Makes a voucher worth its value, because it is paid. It cannot be refused. */
@WireName("inventory.activate-voucher.v1")
public record ActivateVoucher(OrderId orderId, Money value) implements Command<ActivateVoucher.Activated> {

    /** Whoever has the voucher can spend it. */
    @WireName("inventory.voucher-activated.v1")
    public record Activated() {}
}
