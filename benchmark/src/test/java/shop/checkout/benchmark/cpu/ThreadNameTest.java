package shop.checkout.benchmark.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadNameTest {

    @ParameterizedTest
    @CsvSource({
        "C2 CompilerThre, C2 CompilerThre",
        "GC Thread#0, GC Thread",
        "G1 Conc#12, G1 Conc",
        "VM Thread, VM Thread",
        "ForkJoinPool-1-, ForkJoinPool",
        "http-nio-127.0., http-nio",
        "pool-3-thread-1, pool-thread",
        "HikariPool-1:ho, HikariPool:ho",
        "kafka-producer-, kafka-producer",
        "kafka-1-raft-io, kafka-raft-io",
        "sweep-0, sweep",
        "-1, -1"
    })
    void belongsToAFamilyWhateverItsNumber(String name, String family) {
        assertThat(ThreadName.family(name)).isEqualTo(family);
    }
}
