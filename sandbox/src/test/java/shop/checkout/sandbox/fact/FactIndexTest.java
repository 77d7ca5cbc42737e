package shop.checkout.sandbox.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactIndexTest {

    private static final Instant THEN = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Decline DECLINE = new Decline("card_declined", "lost_card", "Your card was declined.");
    // found by others: the same 64 bits of FNV-1a
    private static final String ONE = "8yn0iYCKYHlIj4-BwPqk";
    private static final String TWIN = "GReLUrM4wMqfg9yzV3KQ";

    @TempDir
    Path folder;

    @Test
    void tellsAFactBeforeAndAfterItIsForcedAndInALaterRun() throws IOException {
        var paid = payment("pi_1", "order", new Claim("key", 42));
        var declined = new Fact.PaymentIntent(
                "pi_2", THEN, 1, "eur", "pm", "tea", Map.of("order_id", "o", "a", "b"), DECLINE, true, null);
        try (var log = FactLog.open(folder)) {
            var index = replayed(log);

            log.record(paid);
            log.record(declined);

            assertThat(index.newest()).containsExactly(declined, paid);
            log.awaitForced();
            assertThat(index.newest()).containsExactly(declined, paid);
        }
        try (var log = FactLog.open(folder)) {
            assertThat(replayed(log).newest()).containsExactly(declined, paid);
        }
    }

    @Test
    void findsTheFactsOfANameNewestFirst() throws IOException {
        try (var log = FactLog.open(folder)) {
            var index = replayed(log);
            for (var n = 0; n < 1_000; n++) {
                log.record(payment("pi_" + n, "order-" + n % 500, null));
            }

            assertThat(index.named("order-7"))
                    .extracting(Fact.PaymentIntent::id)
                    .containsExactly("pi_507", "pi_7");
            assertThat(index.named("order-500")).isEmpty();
        }
    }

    @Test
    void tellsNamesOfTheSameHashApart() throws IOException {
        try (var log = FactLog.open(folder)) {
            var index = replayed(log);

            log.record(payment("pi_1", ONE, null));
            assertThat(index.named(TWIN)).isEmpty();
            log.record(payment("pi_2", TWIN, null));

            assertThat(index.named(ONE)).extracting(Fact.PaymentIntent::id).containsExactly("pi_1");
            assertThat(index.named(TWIN)).extracting(Fact.PaymentIntent::id).containsExactly("pi_2");
            assertThat(index.before(TWIN)).extracting(Fact.PaymentIntent::id).containsExactly("pi_1");
        }
    }

    @Test
    void tellsWhatCameBeforeANameAndNothingIfThereIsNoSuch() throws IOException {
        try (var log = FactLog.open(folder)) {
            var index = replayed(log);
            for (var n = 0; n < 4; n++) {
                log.record(payment("pi_" + n, "order-" + n, null));
            }

            assertThat(index.before("order-2"))
                    .extracting(Fact.PaymentIntent::id)
                    .containsExactly("pi_1", "pi_0");
            assertThat(index.before("order-0")).isEmpty();
            assertThat(index.before("order-9")).isEmpty();
        }
    }

    @Test
    void leavesOutFactsWithoutAName() throws IOException {
        try (var log = FactLog.open(folder)) {
            var index = replayed(log);

            log.record(new Fact.PaymentIntent("pi_1", THEN, 1, "eur", "pm", null, Map.of(), null, false, null));

            assertThat(index.newest()).isEmpty();
        }
    }

    @Test
    void recordsNothingBeforeTheReplay() throws IOException {
        try (var log = FactLog.open(folder)) {
            assertThatIllegalStateException().isThrownBy(() -> log.record(payment("pi_1", "order", null)));
        }
    }

    private static Fact.PaymentIntent payment(String id, String order, @Nullable Claim claim) {
        return new Fact.PaymentIntent(
                id, THEN, 24_900, "eur", "pm_card_visa", null, Map.of("order_id", order), null, false, claim);
    }

    /** By order. */
    private static FactIndex<Fact.PaymentIntent> replayed(FactLog log) throws IOException {
        var index = new FactIndex<>(log, Fact.PaymentIntent.class, Fact.PaymentIntent::order);
        log.replay((fact, position) -> index.add((Fact.PaymentIntent) fact, position));
        return index;
    }
}
