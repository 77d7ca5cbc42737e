package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

class RetryPolicyTest {

    private static final RetryPolicy POLICY = RetryPolicy.FORWARD;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "5, 3200", "9, 30000", "31, 30000", "100000, 30000"})
    void spreadsThePauseEvenlyUpToALimitThatDoubles(int send, long longest) {
        var pauses = IntStream.range(0, 2_000)
                .mapToLong(i -> POLICY.jitter(key(i), send).toMillis())
                .summaryStatistics();

        assertThat(pauses.getMin()).isBetween(0L, longest / 50);
        assertThat(pauses.getMax()).isBetween(longest - longest / 50, longest);
        assertThat(pauses.getAverage()).isBetween(longest * 0.46, longest * 0.54);
    }

    @Test
    void drawsTheSamePauseForTheSameMessage() {
        assertThat(POLICY.jitter(key(1), 3)).isEqualTo(POLICY.jitter(key(1), 3));
    }

    @Test
    void looksAgainExactlyWhenTheBudgetRunsOut() {
        var since = NOW.minus(POLICY.budget()).plusSeconds(1);

        assertThat(POLICY.dueAt(key(1), 5, NOW, since)).isEqualTo(NOW.plusSeconds(1));
        assertThat(POLICY.isSpent(since, NOW.plusSeconds(1))).isTrue();
        assertThat(POLICY.isSpent(since, NOW)).isFalse();
    }

    @Test
    void goesOnAtTheCapAfterTheBudget() {
        var since = NOW.minus(Duration.ofDays(1));

        assertThat(POLICY.dueAt(key(1), 900, NOW, since)).isBetween(NOW.plusSeconds(5), NOW.plusSeconds(35));
    }

    private static MessageKey key(int saga) {
        return MessageKey.ofStep(new SagaId(new UUID(0x0199_0000_0000_7000L, saga)), "charge-payment", 1);
    }
}
