package shop.checkout.contract;

import java.util.UUID;
import shop.checkout.message.SagaId;

/** Identifies the return of an order; equal to the id of the saga that carries it out. */
public record ReturnId(UUID value) {

    public static ReturnId of(SagaId saga) {
        return new ReturnId(saga.value());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
