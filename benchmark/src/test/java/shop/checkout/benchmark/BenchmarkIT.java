package shop.checkout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.benchmark.cpu.Spent;
import tools.jackson.databind.json.JsonMapper;

/** The whole of it on the real system, a few seconds each: that it works, not how fast. */
class BenchmarkIT {
    private static final Path HOME = Path.of("..");

    @TempDir
    Path target;

    @Test
    void measuresTheSystemAndLeavesNothingRunning() throws Exception {
        var said = new ByteArrayOutputStream();
        var options = Options.parse(List.of("--profile=smoke --jvm= --threads"));

        var report = new Benchmark(options, HOME, new PrintStream(said, true, StandardCharsets.UTF_8)).run(target);

        var text = said.toString(StandardCharsets.UTF_8);
        assertThat(report.complaints()).isEmpty();
        assertThat(report.found()).as("the books").isEqualTo(report.expected());
        assertThat(report.isSound()).isTrue();
        assertThat(text.lines().map(String::strip))
                .as(text)
                .anySatisfy(line -> assertThat(line)
                        .matches("20/s +8 in flight +8 in flight, 50 stored +8 in flight, 1,000 stored"))
                .contains("CPU ms a saga (user + system)", "part of what this machine can do");
        for (var row : ROWS) {
            assertThat(text.lines().map(String::strip))
                    .as("the row '%s' of%n%s", row, text)
                    .anySatisfy(line -> assertThat(line).startsWith(row));
        }
        assertThat(report.runs()).allSatisfy(run -> {
            assertThat(run.sagas()).isPositive();
            assertThat(run.share("orchestrator").total()).isPositive();
            assertThat(run.machine().total()).isPositive();
            assertThat(run.threads()).containsOnlyKeys(PROCESSES_BY_THREAD);
            assertThat(run.threads().get("orchestrator")).containsKeys(ORCHESTRATORS_THREADS);
            assertThat(run.threads().get("payment-service")).containsKey("settlement");
        });
        assertThat(report.limits())
                .allSatisfy(limit ->
                        assertThat(limit.sagasPerSecond()).as(limit.name()).isPositive());
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(command -> command.contains(target.toString())))
                .as("processes left running")
                .isEmpty();
        assertThat(writtenRuns()).isEqualTo(report.runs().size());
    }

    private static final String[] PROCESSES_BY_THREAD = {
        "orchestrator", "inventory-service", "payment-service", "shipping-service", "sandbox", "Kafka", "driver"
    };

    /** As docs/performance.md explains them. */
    private static final String[] ORCHESTRATORS_THREADS = {
        "ForkJoinPool",
        "checkout.replie",
        "debezium-postgr",
        "http-nio",
        "kafka-coordinat",
        "kafka-producer",
        "pool-thread",
        "relay-confirm",
        "relay-lead",
        "relay-observe",
        "relay-publish",
        "saga-starter",
        "saga-watch",
        "sweep",
        "C1 CompilerThre",
        "VM Thread",
        Spent.ENDED_THREADS
    };

    private static final List<String> ROWS = List.of(
            "sagas/s",
            "latency p50 ms",
            "latency p95 ms",
            "latency p99 ms",
            "latency max ms",
            "orchestrator",
            "inventory-service",
            "payment-service",
            "shipping-service",
            "sandbox",
            "Kafka",
            "PostgreSQL backends: orchestrator",
            "PostgreSQL backends: inventory",
            "PostgreSQL backends: payment",
            "PostgreSQL backends: shipping",
            "PostgreSQL walsenders",
            "PostgreSQL background",
            "PostgreSQL, all of it",
            "driver",
            "sum of the processes",
            "whole machine",
            "processors busy of",
            "by the first column of the same load",
            "latency p50 ",
            "CPU a saga",
            "reads of a checkout over HTTP",
            "rows of sagas by one connection, 1 a commit",
            "rows of sagas by one connection, 10 a commit",
            "rows of sagas by one connection, 100 a commit",
            "messages out of the log by one walsender",
            "messages into Kafka by one producer",
            "messages out of Kafka by one consumer",
            "sagas measured",
            "threads, 20/s",
            "threads, 8 in flight",
            "checkouts answered as expected: all",
            "books:");

    private int writtenRuns() throws Exception {
        try (var files = Files.walk(target)) {
            var json = files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(json).hasSize(1);
            return JsonMapper.shared()
                    .readTree(json.getFirst().toFile())
                    .path("runs")
                    .size();
        }
    }
}
