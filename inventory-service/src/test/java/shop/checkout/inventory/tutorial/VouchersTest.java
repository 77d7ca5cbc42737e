package shop.checkout.inventory.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.inventory.tutorial.ActivateVoucher.Activated;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.participant.Answer;

class VouchersTest {

    private static final SagaId SAGA = new SagaId(UUID.fromString("0199a000-0000-7000-8000-000000000001"));
    private static final MessageKey KEY = MessageKey.ofStep(SAGA, "activate", 1);
    private static final ActivateVoucher ACTIVATE = new ActivateVoucher(OrderId.of(SAGA), Money.of("25.00", "EUR"));

    @Test
    void activatesAVoucherOnceHoweverOftenItIsAsked() {
        var activated = new HashSet<ActivateVoucher>();

        var first = Vouchers.activate(activated, ACTIVATE, KEY);
        var again = Vouchers.activate(activated, ACTIVATE, KEY);

        assertThat(first).isEqualTo(Answer.now(new Activated())).isEqualTo(again);
        assertThat(activated).containsExactly(ACTIVATE);
    }
}
