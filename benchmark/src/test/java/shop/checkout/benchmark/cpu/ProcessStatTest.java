package shop.checkout.benchmark.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessStatTest {
    private static final String REST =
            " S 17 4315 25971 0 -1 4194304 100 0 0 0 123 45 6 7 20 0 1 0 2522196 3133440 413";

    @Test
    void readsTimesParentAndStart() {
        var stat = ProcessStat.parse("4320 (java)" + REST);

        assertThat(stat)
                .isEqualTo(new ProcessStat(
                        new ProcessStat.Id(4320, 2_522_196),
                        "java",
                        17,
                        new Cpu(Duration.ofMillis(1_230), Duration.ofMillis(450)),
                        new Cpu(Duration.ofMillis(60), Duration.ofMillis(70))));
    }

    @Test
    void isNotMisledByNames() {
        var stat = ProcessStat.parse("4320 (a) S 1 (b c)" + REST);

        assertThat(stat.parent()).isEqualTo(17);
        assertThat(stat.name()).isEqualTo("a) S 1 (b c");
    }

    @Test
    void refusesWhatIsNoProcess() {
        assertThatThrownBy(() -> ProcessStat.parse("cpu  1 2 3")).isInstanceOf(IllegalArgumentException.class);
    }
}
