package shop.checkout.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The service as a container runs it, as far as its log goes: for that it need not find a database. */
class StructuredLogIT {

    private static final String NO_DATABASE = "jdbc:postgresql://127.0.0.1:1/orchestrator";

    @Test
    void isOneObjectOfTheElasticCommonSchemaALineWhereThatIsAskedFor(@TempDir Path folder) throws Exception {
        var lines = Files.readAllLines(log(folder));

        assertThat(lines).isNotEmpty().map(JsonMapper.shared()::readTree).allSatisfy(line -> {
            assertThat(line.at("/service/name").asString()).isEqualTo("orchestrator");
            assertThat(line.at("/log/logger").asString()).startsWith("com.zaxxer.hikari");
            assertThat(line.at("/message").asString()).isNotEmpty();
            assertThat(line.at("/ecs/version").asString()).isNotEmpty();
        });
    }

    private static Path log(Path folder) throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar().toString(),
                        DeployCheckCommand.NAME,
                        "--spring.datasource.url=" + NO_DATABASE,
                        "--spring.datasource.username=nobody",
                        "--logging.level.com.zaxxer.hikari=info")
                .redirectOutput(log.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
        var process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return log;
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(it -> it.toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("target should have an executable jar"));
        }
    }
}
