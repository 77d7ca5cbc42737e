package shop.checkout.orchestrator;

import java.util.Objects;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.servers.TestServers;

/**
 * One running orchestrator for all tests of its HTTP interfaces, with a real database and a real Kafka; the participants are
 * played by {@link Participants}. Tests keep apart by their checkouts.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // nobody answers most of these checkouts, and none is to wait for that
        properties = {"management.server.port=0", "checkout.breaker.minimum=1000000"})
public abstract class OrchestratorUnderTest {

    private static final String DATABASE = TestServers.shared().freshDatabase();

    @Autowired
    private Environment environment;

    @Autowired
    protected JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @DynamicPropertySource
    static void embedded(DynamicPropertyRegistry properties) {
        var embedded = TestServers.shared();
        Participants.makeTopics(embedded.kafka().bootstrapServers());
        properties.add("spring.datasource.url", () -> DATABASE);
        properties.add("spring.datasource.username", embedded.postgres()::username);
        properties.add("spring.datasource.password", embedded.postgres()::password);
        properties.add("spring.kafka.bootstrap-servers", embedded.kafka()::bootstrapServers);
    }

    /** Changes the database behind the orchestrator's back. */
    protected void execute(String sql) {
        transaction.executeWithoutResult(status -> jdbc.execute(sql));
    }

    protected int count(String from) {
        return Objects.requireNonNull(jdbc.queryForObject("select count(*) from " + from, Integer.class));
    }

    protected Http http() {
        return new Http(environment.getRequiredProperty("local.server.port", Integer.class));
    }

    protected Participants participants() {
        return new Participants(TestServers.shared().kafka().bootstrapServers());
    }
}
