package shop.checkout.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import shop.checkout.servers.TestServers;

/** The command, run against a database in use. */
class DeployCheckCommandIT extends OrchestratorUnderTest {

    /** What it said. */
    private record Said(int exit, String out, String err) {}

    @Test
    void countsWhatIsInFlightAndFindsThatNothingIsStranded() throws Exception {
        var saga = http().checkout();

        var said = check(url());

        assertThat(said.exit).isZero();
        assertThat(said.out).contains("checkout v2 -> v2: ", " in flight, 0 stranded");
        assertThat(http().get("/api/v1/checkouts/" + saga).text("status")).isEqualTo("RUNNING");
    }

    @Test
    void refusesABuildThatDoesNotKnowASagaInFlight() throws Exception {
        var saga = http().checkout();
        execute("update saga set version = 99 where id = '" + saga + "'");

        var said = check(url());
        execute("update saga set version = 2 where id = '" + saga + "'");

        assertThat(said.exit).isEqualTo(1);
        assertThat(said.out).contains(", 1 stranded");
        assertThat(said.err).contains("open sagas would be stranded: 1 of checkout v99");
    }

    @Test
    void suchABuildDoesNotStart() throws Exception {
        var saga = http().checkout();
        execute("update saga set version = 99 where id = '" + saga + "'");

        assertThatThrownBy(() -> OrchestratorApplication.main(startArguments()))
                .rootCause()
                .hasMessageContaining("open sagas would be stranded: 1 of checkout v99");

        execute("update saga set version = 2 where id = '" + saga + "'");
    }

    @Test
    void findsNothingWhereNothingHasEverRun() throws Exception {
        var said = check(TestServers.shared().freshDatabase());

        assertThat(said.exit).isZero();
        assertThat(said.out).contains("checkout v1, v2 -> v2: 0 in flight, 0 stranded");
    }

    private String url() {
        return TestServers.shared()
                .postgres()
                .jdbcUrl(Objects.requireNonNull(jdbc.queryForObject("select current_database()", String.class)));
    }

    private String[] startArguments() {
        var embedded = TestServers.shared();
        return new String[] {
            "--server.port=0",
            "--management.server.port=0",
            "--spring.datasource.url=" + url(),
            "--spring.datasource.username=" + embedded.postgres().username(),
            "--spring.datasource.password=" + embedded.postgres().password(),
            "--spring.kafka.bootstrap-servers=" + embedded.kafka().bootstrapServers()
        };
    }

    private static Said check(String url) {
        var postgres = TestServers.shared().postgres();
        var before = new PrintStream[] {System.out, System.err};
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int exit = DeployCheckCommand.run(
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=" + postgres.username(),
                    "--spring.datasource.password=" + postgres.password());
            return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before[0]);
            System.setErr(before[1]);
        }
    }
}
