package shop.checkout.orchestrator.returns;

import static shop.checkout.orchestrator.saga.Decision.abort;
import static shop.checkout.orchestrator.saga.Decision.proceed;
import static shop.checkout.orchestrator.saga.Step.step;

import java.util.List;
import java.util.Optional;
import shop.checkout.contract.checkout.ReturnCompleted;
import shop.checkout.contract.checkout.ReturnNeedsAttention;
import shop.checkout.contract.checkout.ReturnRejected;
import shop.checkout.contract.checkout.ReturnStarted;
import shop.checkout.contract.inventory.Restock;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.contract.payment.RefundReturn.Refunded;
import shop.checkout.contract.shipping.CancelPickUp;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.contract.shipping.SchedulePickUp.Scheduled;
import shop.checkout.message.Event;
import shop.checkout.orchestrator.saga.Milestone;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.Step;

/**
 * Have the goods fetched, give the money back, put the goods on the shelf again. The refund is the point of no return: until
 * it is asked for, all can be undone; once it is made, all that is left to do cannot be refused.
 */
public final class ReturnSaga {

    /** Released: sagas in flight depend on it. A change goes into a new version beside it. */
    public static final SagaDefinition<GoodsReturn> V1 = new SagaDefinition<>(
            "return", 1, GoodsReturn.class, List.of(schedulePickUp(), refund(), restock()), ReturnSaga::announce);

    private ReturnSaga() {}

    private static Step<GoodsReturn, SchedulePickUp.Reply> schedulePickUp() {
        return step("schedule-pick-up", GoodsReturn.class)
                .send(
                        SchedulePickUp.class,
                        goods -> new SchedulePickUp(goods.returnId(), goods.orderId(), goods.address(), goods.lines()))
                .onReply((goods, reply) -> switch (reply) {
                    case Scheduled(var number) -> proceed(goods.withPickUpNumber(number));
                    case SchedulePickUp.Refused(var reason) -> abort("cannot be picked up: " + reason);
                })
                .undo(CancelPickUp.class, goods -> new CancelPickUp(goods.returnId(), goods.orderId()));
    }

    private static Step<GoodsReturn, RefundReturn.Reply> refund() {
        return step("refund", GoodsReturn.class)
                .send(RefundReturn.class, goods -> new RefundReturn(goods.returnId(), goods.orderId(), goods.total()))
                .onReply((goods, reply) -> switch (reply) {
                    case Refunded(var refundId) -> proceed(goods.withRefundId(refundId));
                    case RefundReturn.Refused(var reason) -> abort("cannot be refunded: " + reason);
                })
                .pivot();
    }

    private static Step<GoodsReturn, Restock.Restocked> restock() {
        return step("restock", GoodsReturn.class)
                .send(Restock.class, goods -> new Restock(goods.orderId()))
                .retriable((goods, _) -> goods);
    }

    private static Optional<Event> announce(GoodsReturn goods, Milestone milestone) {
        var returnId = goods.returnId();
        var orderId = goods.orderId();
        return Optional.of(
                switch (milestone) {
                    case Milestone.Started _ -> new ReturnStarted(returnId, orderId, goods.lines());
                    case Milestone.Completed _ -> new ReturnCompleted(returnId, orderId, goods.total());
                    case Milestone.Rejected(var reason) -> new ReturnRejected(returnId, orderId, reason);
                    case Milestone.NeedsAttention(var reason) -> new ReturnNeedsAttention(returnId, orderId, reason);
                });
    }
}
