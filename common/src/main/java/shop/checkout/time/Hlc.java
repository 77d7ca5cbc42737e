package shop.checkout.time;

/**
 * A timestamp of the hybrid logical clock (Kulkarni et al. 2014): 48 bits of milliseconds, 16 bits of counter. An effect's
 * timestamp is greater than its cause's, whatever the machines' clocks do.
 */
public record Hlc(long packed) implements Comparable<Hlc> {

    static final int COUNTER_BITS = 16;

    public static final Hlc ZERO = new Hlc(0);

    public Hlc {
        if (packed < 0) {
            throw new IllegalArgumentException("a hybrid timestamp must not be negative: " + packed);
        }
    }

    public static Hlc of(long epochMillis, int counter) {
        return new Hlc((epochMillis << COUNTER_BITS) + counter);
    }

    /** @throws NumberFormatException when the text is not a decimal number */
    public static Hlc parse(String text) {
        return new Hlc(Long.parseLong(text));
    }

    public long epochMillis() {
        return packed >>> COUNTER_BITS;
    }

    public int counter() {
        return (int) (packed & ((1 << COUNTER_BITS) - 1));
    }

    /** The smallest timestamp after this one. */
    public Hlc next() {
        return new Hlc(packed + 1);
    }

    @Override
    public int compareTo(Hlc other) {
        return Long.compare(packed, other.packed);
    }

    @Override
    public String toString() {
        return Long.toString(packed);
    }
}
