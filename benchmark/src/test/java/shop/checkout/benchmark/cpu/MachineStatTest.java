package shop.checkout.benchmark.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineStatTest {

    @Test
    void countsAllWorkAndNoWaiting() {
        // user nice system idle iowait irq softirq steal
        var stat = MachineStat.parse("cpu  100 20 30 9999 888 4 5 777 0 0");

        assertThat(stat.busy()).isEqualTo(new Cpu(Duration.ofMillis(1_200), Duration.ofMillis(390)));
    }

    @Test
    void refusesTheLineOfOneProcessor() {
        assertThatThrownBy(() -> MachineStat.parse("cpu0 100 20 30 9999 888 4 5 777 0 0"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
