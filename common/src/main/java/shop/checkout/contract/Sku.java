package shop.checkout.contract;

import java.util.regex.Pattern;

/** Identifies a product the shop sells: 1 to 64 letters, digits, dots, dashes or underscores. */
public record Sku(String value) implements Comparable<Sku> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Sku {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("SKU must be 1 to 64 letters, digits, '.', '_' or '-': '" + value + "'");
        }
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
