package shop.checkout.contract;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** An amount of money, always with exactly the decimals of its currency; never negative. */
public record Money(BigDecimal amount, Currency currency) {

    /** So that every amount fits a long in its smallest unit, and no exponent makes a number too long to write down. */
    private static final int MAX_DIGITS = 15;

    /**
     * @throws IllegalArgumentException when the amount is negative, absurdly large or finer than the currency's smallest
     *     unit, or nobody can pay in the currency
     */
    public Money {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("an amount of money must not be negative: " + amount);
        }
        if ((long) amount.precision() - amount.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "an amount of money must have at most " + MAX_DIGITS + " digits before the point: " + amount);
        }
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException(currency + " is no money that one can pay with");
        }
        try {
            amount = amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(amount + " is finer than the smallest unit of " + currency, e);
        }
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    public static Money ofMinor(long minorUnits, Currency currency) {
        return new Money(BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits()), currency);
    }

    /** In the currency's smallest unit, such as cents. */
    public long minorUnits() {
        return amount.unscaledValue().longValueExact();
    }

    /** @throws IllegalArgumentException when the currencies differ */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other + " to " + this);
        }
        return new Money(amount.add(other.amount), currency);
    }

    public Money times(int count) {
        return new Money(amount.multiply(BigDecimal.valueOf(count)), currency);
    }

    @Override
    public String toString() {
        return amount + " " + currency;
    }
}
