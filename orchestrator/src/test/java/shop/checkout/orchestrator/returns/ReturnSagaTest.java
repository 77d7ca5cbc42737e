package shop.checkout.orchestrator.returns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Codec;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.ReturnId;
import shop.checkout.contract.Sku;
import shop.checkout.contract.checkout.ReturnCompleted;
import shop.checkout.contract.checkout.ReturnNeedsAttention;
import shop.checkout.contract.checkout.ReturnRejected;
import shop.checkout.contract.checkout.ReturnStarted;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.contract.inventory.Restock.Restocked;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.contract.payment.RefundReturn.Refunded;
import shop.checkout.contract.shipping.CancelPickUp;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.contract.shipping.SchedulePickUp.Scheduled;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.SagaScenario;
import shop.checkout.orchestrator.saga.SagaStatus;

class ReturnSagaTest {

    static final ReturnId RETURN = ReturnId.of(SagaScenario.SAGA);
    static final OrderId ORDER = new OrderId(UUID.fromString("0199a000-0000-7000-8000-00000000002a"));
    static final List<OrderLine> LINES = List.of(new OrderLine(new Sku("espresso-machine"), 1));
    static final Money TOTAL = Money.of("249.00", "EUR");
    static final Address ADDRESS = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");
    static final GoodsReturn GOODS = GoodsReturn.of(RETURN, ORDER, LINES, TOTAL, ADDRESS, "too loud");

    static final SchedulePickUp FETCH = new SchedulePickUp(RETURN, ORDER, ADDRESS, LINES);
    static final CancelPickUp DO_NOT_FETCH = new CancelPickUp(RETURN, ORDER);
    static final RefundReturn REFUND = new RefundReturn(RETURN, ORDER, TOTAL);
    static final Restock RESTOCK = new Restock(ORDER);

    static final Scheduled SCHEDULED = new Scheduled("P-1");
    static final Refunded REFUNDED = new Refunded("re_1");
    static final Restocked RESTOCKED = new Restocked();

    private static final Duration LONGER_THAN_ANY_BUDGET = Duration.ofMinutes(11);

    @Test
    void completesWhenEverybodyDoesTheirPart() {
        goodsReturn()
                .asks(FETCH)
                .gets(SCHEDULED)
                .asks(REFUND)
                .gets(REFUNDED)
                .asks(RESTOCK)
                .gets(RESTOCKED)
                .isCompleted()
                .knows(GOODS.withPickUpNumber("P-1").withRefundId("re_1"))
                .announces(new ReturnStarted(RETURN, ORDER, LINES))
                .announces(new ReturnCompleted(RETURN, ORDER, TOTAL));
    }

    @Test
    void isRejectedAtOnceWhenTheCarrierDoesNotComeThere() {
        goodsReturn()
                .asks(FETCH)
                .gets(new SchedulePickUp.Refused("no pick-ups there"))
                .isRejected("cannot be picked up: no pick-ups there")
                .announces(new ReturnStarted(RETURN, ORDER, LINES))
                .announces(new ReturnRejected(RETURN, ORDER, "cannot be picked up: no pick-ups there"));
    }

    @Test
    void cancelsThePickUpWhenTheRefundIsRefused() {
        goodsReturn()
                .asks(FETCH)
                .gets(SCHEDULED)
                .asks(REFUND)
                .gets(new RefundReturn.Refused("nothing is left to give back"))
                .undoes(DO_NOT_FETCH)
                .isRejected("cannot be refunded: nothing is left to give back");
    }

    @Test
    void cancelsAPickUpThatWasNeverAnswered() {
        goodsReturn()
                .asks(FETCH)
                .isNeverAnswered()
                .asks(DO_NOT_FETCH)
                .waits()
                .ignores(FETCH, SCHEDULED)
                .gets(DO_NOT_FETCH, new Undone())
                .isRejected("schedule-pick-up was not answered within 120 s");
    }

    @Test
    void canBeCancelledUntilTheRefundIsAskedFor() {
        goodsReturn()
                .asks(FETCH)
                .waits()
                .isCancelled("cancelled by the customer")
                .undoes(DO_NOT_FETCH)
                .isRejected("cancelled by the customer");
    }

    @Test
    void cannotBeCancelledOnceTheRefundIsAskedFor() {
        goodsReturn()
                .asks(FETCH)
                .gets(SCHEDULED)
                .asks(REFUND)
                .waits()
                .refusesToBeCancelled()
                .gets(REFUND, REFUNDED)
                .refusesToBeCancelled()
                .asks(RESTOCK)
                .gets(RESTOCKED)
                .isCompleted()
                .refusesToBeCancelled();
    }

    @Test
    void goesOnAskingForARefundWhoseOutcomeIsUnknownAndCallsForAPerson() {
        goodsReturn()
                .asks(FETCH)
                .gets(SCHEDULED)
                .asks(REFUND)
                .waits()
                .afterAWhile(LONGER_THAN_ANY_BUDGET)
                .waits(SagaStatus.NEEDS_ATTENTION)
                .refusesToBeCancelled()
                .announces(new ReturnStarted(RETURN, ORDER, LINES))
                .announces(new ReturnNeedsAttention(
                        RETURN,
                        ORDER,
                        "refund was not answered in time, cannot be given up and is still being retried"))
                .gets(REFUND, REFUNDED)
                .asks(RESTOCK)
                .gets(RESTOCKED)
                .isCompleted();
    }

    @Test
    void isUndoneWhenTheRefundIsRefusedThoughAPersonWasCalled() {
        goodsReturn()
                .asks(FETCH)
                .gets(SCHEDULED)
                .asks(REFUND)
                .waits()
                .afterAWhile(LONGER_THAN_ANY_BUDGET)
                .waits(SagaStatus.NEEDS_ATTENTION)
                .gets(REFUND, new RefundReturn.Refused("charged back"))
                .undoes(DO_NOT_FETCH)
                .isRejected("cannot be refunded: charged back");
    }

    @Test
    void goesOnAskingForTheGoodsToBeRestockedAndCallsForAPerson() {
        goodsReturn()
                .asks(FETCH)
                .gets(SCHEDULED)
                .asks(REFUND)
                .gets(REFUNDED)
                .asks(RESTOCK)
                .waits()
                .afterAWhile(LONGER_THAN_ANY_BUDGET)
                .waits(SagaStatus.NEEDS_ATTENTION)
                .refusesToBeCancelled()
                .gets(RESTOCK, RESTOCKED)
                .isCompleted();
    }

    @Test
    void callsForAPersonWhenThePickUpCannotBeCancelled() {
        goodsReturn()
                .asks(FETCH)
                .gets(SCHEDULED)
                .asks(REFUND)
                .gets(new RefundReturn.Refused("charged back"))
                .asks(DO_NOT_FETCH)
                .waits()
                .afterAWhile(LONGER_THAN_ANY_BUDGET)
                .waits(SagaStatus.NEEDS_ATTENTION)
                .gets(DO_NOT_FETCH, new Undone())
                .isRejected("cannot be refunded: charged back");
    }

    @Test
    void saysNothingOfTheCustomerInLogs() {
        assertThat(GOODS.toString()).contains(RETURN.toString()).doesNotContain("too loud", "Ada");
    }

    @Test
    void knowsAllItsMessagesFromTheCatalogue() {
        var codec = Codec.ofCatalogue();

        assertThat(ReturnSaga.V1.messageTypes())
                .allSatisfy(type -> assertThat(codec.wireName(type)).isNotBlank());
    }

    @Test
    void keepsWhatVersionOnePromised() throws IOException {
        try (var golden = ReturnSagaTest.class.getResourceAsStream("/saga/return-v1.txt")) {
            assertThat(golden).isNotNull();
            assertThat(ReturnSaga.V1.outline()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static SagaScenario<GoodsReturn> goodsReturn() {
        return SagaScenario.start(ReturnSaga.V1, GOODS);
    }
}
