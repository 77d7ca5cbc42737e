package shop.checkout.orchestrator.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Everything that is left to chance, drawn from the seed. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean hits(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** Both ends included. */
    long between(long least, long most) {
        return least == most ? least : random.nextLong(least, most + 1);
    }

    int index(int size) {
        return size == 1 ? 0 : random.nextInt(size);
    }

    <T> T oneOf(List<T> things) {
        return things.get(index(things.size()));
    }

    /** With the version and variant of a UUIDv7. */
    UUID uuid() {
        return new UUID(
                (random.nextLong() & ~0xF000L) | 0x7000L,
                (random.nextLong() & ~0xC000000000000000L) | 0x8000000000000000L);
    }
}
