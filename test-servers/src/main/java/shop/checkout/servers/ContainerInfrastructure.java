package shop.checkout.servers;

import java.util.ArrayDeque;
import java.util.stream.Stream;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import shop.checkout.embedded.EmbeddedPostgres;

/** The official images, by Testcontainers: it needs a Docker engine and says so when there is none. */
final class ContainerInfrastructure implements Infrastructure {

    private static final String POSTGRES = "postgres:18";
    private static final String KAFKA = "apache/kafka:4.4.0";

    private final ArrayDeque<Runnable> started = new ArrayDeque<>();

    /** With the settings of the embedded one. */
    @Override
    @SuppressWarnings("resource") // closed with this
    public TestPostgres startPostgres() {
        var postgres = new PostgreSQLContainer(POSTGRES)
                .withCommand(Stream.concat(
                                Stream.of("postgres"),
                                EmbeddedPostgres.SETTINGS.stream().flatMap(setting -> Stream.of("-c", setting)))
                        .toArray(String[]::new));
        started.push(postgres::stop);
        postgres.start();
        return new TestPostgres(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getUsername(),
                postgres.getPassword());
    }

    @Override
    @SuppressWarnings("resource") // closed with this
    public TestKafka startKafka() {
        var kafka = new KafkaContainer(KAFKA).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        started.push(kafka::stop);
        kafka.start();
        return new TestKafka(kafka.getBootstrapServers());
    }

    @Override
    public void close() {
        started.forEach(Runnable::run);
    }
}
