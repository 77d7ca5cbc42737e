package shop.checkout.payment.gateway;

import shop.checkout.contract.Money;

/**
 * Money to be taken.
 *
 * @param method the provider's token for the customer's way to pay
 */
public record PaymentRequest(String method, Money amount) {}
