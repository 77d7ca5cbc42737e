package shop.checkout.orchestrator.returns;

import java.util.List;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.contract.shipping.SchedulePickUp;

/** A return, and one reply of each type that its participants may send. */
public final class ReturnExample {

    public static final GoodsReturn GOODS = ReturnSagaTest.GOODS;

    public static final List<Object> REPLIES = List.of(
            ReturnSagaTest.SCHEDULED,
            new SchedulePickUp.Refused("no such street"),
            ReturnSagaTest.REFUNDED,
            new RefundReturn.Refused("no such payment"),
            ReturnSagaTest.RESTOCKED);

    private ReturnExample() {}
}
