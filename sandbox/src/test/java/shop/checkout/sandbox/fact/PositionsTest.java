package shop.checkout.sandbox.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PositionsTest {

    private static final int ENTRIES = 10_000;
    private static final int HASHES = 2_500;

    @Test
    void findsTheEntriesOfAHashNewestFirstHoweverManyThereAre() {
        var positions = new Positions();

        IntStream.range(0, ENTRIES).forEach(entry -> positions.add(spread(entry % HASHES), 1_000L * entry));

        assertThat(positions.size()).isEqualTo(ENTRIES);
        for (var hash = 0; hash < HASHES; hash++) {
            assertThat(positions.entries(spread(hash)))
                    .containsExactly(hash + 3 * HASHES, hash + 2 * HASHES, hash + HASHES, hash);
        }
        assertThat(positions.position(ENTRIES - 1)).isEqualTo(1_000L * (ENTRIES - 1));
    }

    @Test
    void tellsHashesOfOneBucketApart() {
        var positions = new Positions();

        positions.add(1L << 40, 7);

        assertThat(positions.entries(1L << 41)).isEmpty();
        assertThat(positions.entries(1L << 40)).containsExactly(0);
    }

    private static long spread(int number) {
        return number * 0x9e3779b97f4a7c15L;
    }
}
