package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final RestartPolicy POLICY = new RestartPolicy(3, Duration.ofMillis(500), Duration.ofMinutes(1));

    @Test
    void waitsTwiceAsLongEachTime() {
        assertThat(POLICY.pauseAfter(1)).contains(Duration.ofMillis(500));
        assertThat(POLICY.pauseAfter(2)).contains(Duration.ofSeconds(1));
        assertThat(POLICY.pauseAfter(3)).contains(Duration.ofSeconds(2));
    }

    @Test
    void givesUpAfterTheLimit() {
        assertThat(POLICY.pauseAfter(4)).isEmpty();
    }
}
