package shop.checkout.relay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import shop.checkout.trace.Traces;

/** A relay in a process of its own, which can be killed and stopped as only a process can. Ends with the test that started it. */
final class RelayProcess implements AutoCloseable {

    private final Process process;

    private RelayProcess(Process process) {
        this.process = process;
    }

    static RelayProcess start(RelaySettings settings) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                RelayProcess.class.getName(),
                settings.slot(),
                settings.jdbcUrl(),
                settings.user(),
                settings.password(),
                settings.kafka().get("bootstrap.servers"),
                settings.source());
        return new RelayProcess(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start());
    }

    /** Runs until the test lets go of its standard input. */
    public static void main(String[] arguments) throws IOException {
        var settings =
                RelaySettings.of(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
        try (var relay = new Relay(settings, new SimpleMeterRegistry(), Clock.systemUTC(), Traces.off(new Random(1)))) {
            relay.start();
            while (System.in.read() >= 0) {
                // whatever is written
            }
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
    }

    /** As {@code kill -STOP}: to everybody else the process has frozen. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill " + signal + " " + process.pid() + " failed");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }
}
