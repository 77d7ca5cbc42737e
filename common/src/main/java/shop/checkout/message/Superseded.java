package shop.checkout.message;

/** The answer to a command whose compensation came first: nothing was done, and nothing will be. */
@WireName("saga.superseded.v1")
public record Superseded() {}
