package shop.checkout.e2e.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import shop.checkout.e2e.shop.Cart;

/** Which carts come how often, in an order that depends on the seed alone. */
public final class Mix {

    private final List<Cart> hundred = new ArrayList<>();
    private final long seed;

    private Mix(long seed) {
        this.seed = seed;
    }

    /** Nothing but {@link Cart#GOOD}. */
    public static Mix of(long seed) {
        return new Mix(seed);
    }

    /** The same with so many percent of another cart. */
    public Mix with(int percent, Cart cart) {
        var mix = new Mix(seed);
        mix.hundred.addAll(hundred);
        for (int i = 0; i < percent; i++) {
            mix.hundred.add(cart);
        }
        if (mix.hundred.size() > 100) {
            throw new IllegalArgumentException("more than 100 percent: " + mix.hundred.size());
        }
        return mix;
    }

    /** The n-th cart. */
    Cart cart(long n) {
        int drawn = new Random(seed * 31 + n).nextInt(100);
        return drawn < hundred.size() ? hundred.get(drawn) : Cart.GOOD;
    }

    /** Whether the n-th customer brings back what was bought. */
    boolean bringsBack(long n) {
        return new Random(seed * 41 + n).nextInt(10) == 0;
    }

    /** Whether the n-th customer walks away before the answer. */
    boolean walksAway(long n) {
        return new Random(seed * 37 + n).nextInt(50) == 0;
    }
}
