package shop.checkout.effect;

/**
 * What the other side calls an effect that happened.
 *
 * @param id by which it can be undone
 * @param number what customers know it by, such as a tracking number
 */
public record Receipt(String id, String number) {}
