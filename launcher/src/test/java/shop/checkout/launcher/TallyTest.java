package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant DUE = Instant.parse("2026-01-01T00:00:00Z");

    private final Tally tally = new Tally();

    @Test
    void countsFromTheMomentACheckoutWasDue() {
        for (int i = 1; i <= 100; i++) {
            place("c" + i);
            tally.seen(new ShopClient.Standing("c" + i, i % 10 == 0 ? "REJECTED" : "COMPLETED", DUE.plusMillis(i)));
        }
        place("open");

        assertThat(tally.line()).isEqualTo("101 started, 90 completed, 10 rejected, 1 in flight, p50 50 ms, p99 99 ms");
    }

    @Test
    void countsACheckoutOnceAndOnlyWhenItHasEnded() {
        place("c1");
        tally.seen(new ShopClient.Standing("c1", "COMPENSATING", DUE));
        assertThat(tally.openBefore(DUE.plusSeconds(1))).containsExactly("c1");

        tally.seen(new ShopClient.Standing("c1", "REJECTED", DUE.plusMillis(7)));
        tally.seen(new ShopClient.Standing("c1", "REJECTED", DUE.plusMillis(7)));

        assertThat(tally.line()).isEqualTo("1 started, 0 completed, 1 rejected, 0 in flight, p50 7 ms, p99 7 ms");
        assertThat(tally.openBefore(DUE.plusSeconds(1))).isEmpty();
    }

    @Test
    void knowsNothingOfCheckoutsThatAreNotItsOwn() {
        tally.seen(new ShopClient.Standing("foreign", "COMPLETED", DUE));

        assertThat(tally.line()).isEqualTo("0 started, 0 completed, 0 rejected, 0 in flight, p50 -, p99 -");
    }

    @Test
    void saysWhenTheShopDoesNotAnswer() {
        tally.started();
        tally.failed();

        assertThat(tally.line()).endsWith("0 in flight, p50 -, p99 -, 1 without an answer");
    }

    private void place(String id) {
        tally.started();
        tally.accepted(id, DUE);
    }
}
