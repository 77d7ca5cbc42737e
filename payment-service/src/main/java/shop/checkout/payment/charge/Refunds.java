package shop.checkout.payment.charge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.effect.EffectBatch;
import shop.checkout.message.MessageKey;
import shop.checkout.participant.Answer;
import shop.checkout.payment.gateway.RefundRequest;

/** What a batch of returns is about: their refunds, and the money that there is to give back. Used by one thread. */
final class Refunds {

    private final EffectBatch<RefundRequest, RefundReturn.Reply> batch;
    private final Map<OrderId, Captured> captured;

    Refunds(EffectBatch<RefundRequest, RefundReturn.Reply> batch, Map<OrderId, Captured> captured) {
        this.batch = batch;
        this.captured = new HashMap<>(captured);
    }

    EffectBatch<RefundRequest, RefundReturn.Reply> batch() {
        return batch;
    }

    /** Refuses what is not there at once; whatever was answered before is answered again. */
    Answer<RefundReturn.Reply> refund(RefundReturn command, MessageKey key) {
        var found = Optional.ofNullable(captured.get(command.orderId()));
        var request = new RefundRequest(command.orderId(), command.amount(), found.map(Captured::capture));
        var refusal = refusal(command, found);
        if (refusal.isPresent()) {
            return batch.refuse(request, key, refusal.get());
        }
        captured.remove(command.orderId());
        return batch.ask(request, key);
    }

    private static Optional<String> refusal(RefundReturn command, Optional<Captured> found) {
        if (found.isEmpty()) {
            return Optional.of("nothing is left to give back");
        }
        var money = found.get();
        return money.returnedBy()
                .map(other -> "the money is being given back by return " + other)
                .or(() -> money.amount().equals(command.amount())
                        ? Optional.empty()
                        : Optional.of(money.amount() + " was taken, not " + command.amount()));
    }
}
