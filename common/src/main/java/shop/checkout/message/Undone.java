package shop.checkout.message;

/** The answer to every {@link Compensation}: the effect is gone, or never was and never will be. */
@WireName("saga.undone.v1")
public record Undone() {}
