package shop.checkout.payment.charge;

import java.util.List;
import java.util.stream.Collectors;
import shop.checkout.codec.Received;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.effect.Effects;
import shop.checkout.participant.Workspaces;
import shop.checkout.payment.gateway.RefundRequest;

/** Loads the refunds of a batch of returns with what there is to give back, and writes them. */
final class ReturnedOrders implements Workspaces<Refunds> {

    private final Effects<RefundRequest, RefundReturn.Reply> refunds;
    private final RefundTable table;

    ReturnedOrders(Effects<RefundRequest, RefundReturn.Reply> refunds, RefundTable table) {
        this.refunds = refunds;
        this.table = table;
    }

    @Override
    public Refunds open(List<Received<?>> messages) {
        var orders = messages.stream()
                .map(Received::body)
                .filter(RefundReturn.class::isInstance)
                .map(command -> ((RefundReturn) command).orderId())
                .collect(Collectors.toSet());
        return new Refunds(refunds.open(messages), table.captured(orders));
    }

    /**
     * @throws org.springframework.dao.ConcurrencyFailureException when another return of one of the orders was here
     *     meanwhile: try again
     */
    @Override
    public void save(Refunds batch) {
        refunds.save(batch.batch());
    }
}
