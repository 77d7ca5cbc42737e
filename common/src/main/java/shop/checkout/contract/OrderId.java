package shop.checkout.contract;

import java.util.UUID;
import shop.checkout.message.SagaId;

/** Identifies an order; equal to the id of the saga that checks it out. */
public record OrderId(UUID value) {

    public static OrderId of(SagaId saga) {
        return new OrderId(saga.value());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
