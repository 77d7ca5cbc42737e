package shop.checkout.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own, the way it is really run. */
@Timeout(120)
class KilledProcessTest {

    private static final int CLIENTS = 8;
    private static final int ENOUGH = 200;

    @TempDir
    Path data;

    @Test
    void keepsWhatItHasAnsweredWithWhenItIsKilled() throws Exception {
        Map<String, String> answered = new ConcurrentHashMap<>();
        var clients = new ArrayList<Future<?>>();
        var process = start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var shop = Shop.at(url(process), Duration.ofSeconds(20));
            for (var client = 0; client < CLIENTS; client++) {
                var name = "client-" + client;
                clients.add(threads.submit(() -> chargeUntilItDies(shop, name, process, answered)));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }

        assertThat(clients).allMatch(client -> client.state() == Future.State.SUCCESS);
        assertThat(answered).hasSizeGreaterThanOrEqualTo(ENOUGH);
        try (var sandbox = Sandbox.start(new SandboxOptions("127.0.0.1", 0, data))) {
            var shop = Shop.at(sandbox);
            var replayed = new HashMap<String, String>();
            for (var key : answered.keySet()) {
                replayed.put(key, shop.charge("pm_card_visa", key).getId());
            }
            assertThat(replayed).isEqualTo(answered);
        }
    }

    @Test
    void stopsWhenItIsTold() throws Exception {
        var process = start();
        try {
            url(process);

            process.destroy();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws Exception {
        var process = launch("--port=many", "--data=" + data);
        try (var errors = process.errorReader()) {
            assertThat(errors.readLine()).contains("--port must be a number");
            assertThat(process.waitFor()).isEqualTo(2);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Kills the process in the middle of the other clients' calls once enough was answered. */
    private static @Nullable Void chargeUntilItDies(
            Shop shop, String name, Process process, Map<String, String> answered) throws StripeException {
        try {
            for (var n = 0; process.isAlive(); n++) {
                var key = name + "/" + n;
                answered.put(key, shop.charge("pm_card_visa", key).getId());
                if (answered.size() >= ENOUGH) {
                    process.destroyForcibly();
                }
            }
        } catch (ApiConnectionException e) {
            assertThat(answered.size()).as("answers before the kill").isGreaterThanOrEqualTo(ENOUGH);
        }
        return null;
    }

    private Process start() throws IOException {
        return launch("--port=0", "--data=" + data);
    }

    private static Process launch(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxApplication.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static String url(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        var ready = output.readLine();
        assertThat(ready).startsWith("sandbox ready on http://");
        return ready.substring("sandbox ready on ".length(), ready.indexOf(','));
    }
}
