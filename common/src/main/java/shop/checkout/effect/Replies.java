package shop.checkout.effect;

/** How a service puts the two ways that asking for its effect can end. */
public interface Replies<R> {

    R done(Receipt receipt);

    R refused(String reason);
}
