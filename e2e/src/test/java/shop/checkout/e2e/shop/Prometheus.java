package shop.checkout.e2e.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Stream;
import shop.checkout.embedded.Ports;
import tools.jackson.databind.JsonNode;

/** A Prometheus that scrapes the running system every two seconds, with the rules that are part of it. Closing ends it. */
public final class Prometheus implements AutoCloseable {

    private static final Path UNPACKED = Path.of("..", "target", "prometheus", "usr", "bin");
    private static final Path RULES = Path.of("..", "monitoring", "prometheus", "rules");
    private static final String CONFIGURATION = """
            global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 2s}
            rule_files: ['%s/*.yml']
            scrape_configs:
              - job_name: checkout-saga
                metrics_path: /actuator/prometheus
                static_configs:
            """;
    private static final String TARGET = "      - {targets: ['%s'], labels: {service: %s}}\n";

    private final Process process;
    private final URI url;

    private Prometheus(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Where the program is: installed, or unpacked by .ci/try-rules. */
    public static Optional<Path> program() {
        var path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of);
        return Stream.concat(path, Stream.of(UNPACKED))
                .map(folder -> folder.resolve("prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param folder for its configuration, data and log */
    static Prometheus start(Path program, HandOff handOff, Path folder) {
        try {
            Files.createDirectories(folder);
            var configuration = folder.resolve("prometheus.yml");
            Files.writeString(configuration, configuration(handOff));
            var address = "127.0.0.1:" + Ports.free();
            var process = new ProcessBuilder(
                            program.toString(),
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=" + address)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            return new Prometheus(process, URI.create("http://" + address));
        } catch (IOException e) {
            throw new UncheckedIOException(program + " cannot be started", e);
        }
    }

    /**
     * The result of a query at this moment: a list of series with their values.
     *
     * @throws AssertionError when it is not answered, as before Prometheus is ready
     */
    public JsonNode query(String expression) {
        return asked("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8))
                .path("result");
    }

    /** All rules, with what came of them; fails likewise. */
    public JsonNode rules() {
        return asked("/api/v1/rules").path("groups");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private JsonNode asked(String path) {
        try {
            var answer = Http.send(Http.request(url.resolve(path)).build());
            if (answer.status() != 200) {
                throw new AssertionError(path + " should be found, and not answered with " + answer.text());
            }
            return answer.json().path("data");
        } catch (IOException e) {
            throw new AssertionError("Prometheus should answer " + path, e);
        }
    }

    private static String configuration(HandOff handOff) {
        return EnumSet.complementOf(EnumSet.of(Part.SANDBOX)).stream()
                .map(part -> TARGET.formatted(handOff.managementUrl(part).getAuthority(), part.module()))
                .collect(joining(
                        "", CONFIGURATION.formatted(RULES.toAbsolutePath().normalize()), ""));
    }
}
