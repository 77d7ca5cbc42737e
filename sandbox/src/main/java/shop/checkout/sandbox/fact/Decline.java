package shop.checkout.sandbox.fact;

/** Why a card was refused, in Stripe's words. */
public record Decline(String code, String declineCode, String message) {}
