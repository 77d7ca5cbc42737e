package shop.checkout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shop.checkout.benchmark.Run.Percentiles;
import shop.checkout.benchmark.Run.Share;
import shop.checkout.benchmark.cpu.Cpu;
import shop.checkout.benchmark.cpu.Spent;
import shop.checkout.benchmark.limit.Limit;
import shop.checkout.benchmark.load.Tally;
import shop.checkout.benchmark.shop.Books;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final Books BOOKS = new Books(Map.of("COMPLETED", 900L, "REJECTED", 100L));
    private static final Run RUN = new Run(
            "64 in flight",
            10,
            1000,
            new Percentiles(1000, 12.34, 45, 67, 89),
            Map.of(
                    "orchestrator", new Share(0.2, 0.05),
                    "PostgreSQL backends: payment", new Share(0.1, 0.1),
                    "PostgreSQL walsenders", new Share(0.03, 0),
                    "driver", new Share(0.02, 0.01)),
            Map.of(
                    "orchestrator",
                    Map.of(
                            "relay-publish",
                            new Share(0.05, 0.0124),
                            "http-nio",
                            new Share(0.147, 0.0376),
                            "sweep",
                            new Share(0.002, 0),
                            Spent.ENDED_THREADS,
                            new Share(0.001, 0)),
                    "driver",
                    Map.of("load", new Share(0.021, 0.01), Spent.ENDED_THREADS, new Share(0, -0.001))),
            new Share(0.5, 0.25));

    @Test
    void showsWhatWasMeasured() {
        var text = report(BOOKS, Map.of()).text();

        assertThat(rows(text))
                .contains(
                        "sagas/s 100",
                        "latency p50 ms 12.3",
                        "latency p99 ms 67.0",
                        "orchestrator 0.250 (0.200 + 0.050)",
                        "sandbox 0.000 (0.000 + 0.000)",
                        "PostgreSQL backends: payment 0.200 (0.100 + 0.100)",
                        "PostgreSQL, all of it 0.230 (0.130 + 0.100)",
                        "sum of the processes 0.510 (0.350 + 0.160)",
                        "whole machine 0.750 (0.500 + 0.250)",
                        "processors busy of 2 0.08",
                        "messages into Kafka: 4,000/s, for 500 sagas/s 20.0 %");
    }

    @Test
    void showsTheThreadsOfEachProcessMostExpensiveFirst() {
        var text = report(BOOKS, Map.of()).text();

        assertThat(rows(text))
                .containsSubsequence(
                        "threads, 64 in flight CPU ms a saga part of the process",
                        "orchestrator 0.250",
                        "http-nio 0.185 73.8 %",
                        "relay-publish 0.062 25.0 %",
                        "others 0.003 1.2 %",
                        "driver 0.030",
                        "load 0.031 103.3 %",
                        "others 0.000 0.0 %",
                        "checkouts answered as expected: all")
                .doesNotContain("sweep 0.002 0.8 %", "ended threads 0.001 0.4 %");
    }

    @Test
    void saysNothingOfThreadsUnlessAsked() {
        var run = Run.of("x", Duration.ofSeconds(2), new Tally(), new Spent(Map.of(), Map.of(), Cpu.ZERO));
        var report = new Report(Map.of(), Map.of(), List.of(run), List.of(), BOOKS, BOOKS, Map.of());

        assertThat(report.text()).doesNotContain("threads");
        assertThat(JsonMapper.shared().writeValueAsString(report)).doesNotContain("threads");
    }

    @Test
    void isSoundWhenEverythingEndedAsItShouldAndTheBooksSayTheSame() {
        var report = report(BOOKS, Map.of());

        assertThat(report.isSound()).isTrue();
        assertThat(report.text()).doesNotContain("NOT ALL", "DIFFER");
    }

    @Test
    void isNotSoundWithWrongAnswers() {
        var report = report(BOOKS, Map.of("503", 2L));

        assertThat(report.isSound()).isFalse();
        assertThat(report.text()).contains("NOT ALL: {503=2}");
    }

    @Test
    void isNotSoundWhenTheBooksDiffer() {
        var report = report(new Books(Map.of("COMPLETED", 899L, "REJECTED", 100L)), Map.of());

        assertThat(report.isSound()).isFalse();
        assertThat(report.text()).contains("THEY DIFFER");
    }

    @Test
    void sharesProcessorTimeAmongSagas() {
        var tally = new Tally();
        var spent = new Cpu(Duration.ofMillis(30), Duration.ofMillis(10));

        var idle = Run.of(
                "x",
                Duration.ofSeconds(2),
                tally,
                new Spent(Map.of("orchestrator", spent), Map.of("orchestrator", Map.of("main", spent)), Cpu.ZERO));

        assertThat(idle.share("orchestrator")).as("of no saga at all").isEqualTo(new Share(30, 10));
        assertThat(idle.threads()).isEqualTo(Map.of("orchestrator", Map.of("main", new Share(30, 10))));
        assertThat(idle.perSecond()).isZero();
    }

    private static Report report(Books found, Map<String, Long> complaints) {
        var limit = new Limit("messages into Kafka", 4000, 8);
        return new Report(Map.of("processors", "2"), Map.of(), List.of(RUN), List.of(limit), BOOKS, found, complaints);
    }

    private static List<String> rows(String text) {
        return text.lines().map(line -> line.strip().replaceAll(" {2,}", " ")).toList();
    }
}
