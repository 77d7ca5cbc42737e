package shop.checkout.e2e.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import shop.checkout.e2e.shop.Http;
import shop.checkout.embedded.Ports;
import shop.checkout.servers.TestServers;

/** A process of a service. */
record Running(Build build, Process process, URI url, URI management, Path log) {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Exit code of a JVM that was asked to end by SIGTERM. */
    private static final int TERMINATED = 143;

    /** @param kafka how to reach it, as environment variables */
    static Running start(Build build, String database, Map<String, String> kafka, Path log) {
        var ports = Stream.generate(Ports::free).distinct().limit(2).toList();
        int port = ports.getFirst();
        int managementPort = ports.getLast();
        var postgres = TestServers.shared().postgres();
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        build.jar().toString(),
                        "--server.port=" + port,
                        "--management.server.port=" + managementPort,
                        "--spring.datasource.url=" + database,
                        "--spring.datasource.username=" + postgres.username(),
                        "--checkout.gateway=in-process"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", postgres.password());
        builder.environment().putAll(kafka);
        try {
            return new Running(build, builder.start(), uri(port), uri(managementPort), log);
        } catch (IOException e) {
            throw new UncheckedIOException(build + " cannot be started", e);
        }
    }

    void awaitReady() {
        await(build.jar() + " to be ready").atMost(LIMIT).until(() -> isReady() || !process.isAlive());
        assertThat(process.isAlive()).as("it runs, see %s", log).isTrue();
    }

    private boolean isReady() {
        try {
            var readiness = management.resolve("/actuator/health/readiness");
            return Http.send(Http.request(readiness).build()).status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Asks it to end, and returns when it has, in good order. */
    void terminate() {
        process.destroy();
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends, see %s", log)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        assertThat(process.exitValue()).as("exit code, see %s", log).isEqualTo(TERMINATED);
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
