package shop.checkout.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.checkout.inventory.TestMessages.line;
import static shop.checkout.inventory.TestMessages.newSaga;
import static shop.checkout.inventory.TestMessages.reserve;
import static shop.checkout.inventory.TestMessages.sent;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.boot.MigrateCommand;
import shop.checkout.contract.Topics;
import shop.checkout.embedded.EmbeddedKafka;
import shop.checkout.servers.TestServers;

/** Migrating, working and publishing are done by three roles, none of which can do the work of another. */
class RolesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private final String url = TestServers.shared().freshDatabase();
    private final String database = url.substring(url.lastIndexOf('/') + 1);
    private final String owner = database + "_owner";
    private final String application = database + "_application";
    private final String relay = database + "_relay";

    @BeforeEach
    void makeRoles() throws SQLException {
        execute("create role %s login password 'secret'".formatted(owner));
        execute("alter database %s owner to %s".formatted(database, owner));
    }

    @AfterEach
    void removeRoles() throws SQLException {
        execute("drop database %s with (force)".formatted(database));
        for (var role : new String[] {owner, application, relay}) {
            execute("drop role if exists " + role);
        }
    }

    @Test
    void aServiceWorksThoughItOwnsNothing() throws Exception {
        makeOtherRoles();
        migrate();
        migrate(); // as each replica does

        try (var kafka = EmbeddedKafka.start(folder, 0);
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.CHECKOUT_REPLIES, 1, (short) 1)))
                    .all()
                    .get();
            works(kafka);
        }
    }

    @Test
    void migratingFailsWhileARoleIsMissing() {
        assertThatThrownBy(this::migrate).rootCause().hasMessageContaining(application);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table outbox",
                "alter table stock add column x text",
                "create table mine (id integer)",
                "delete from flyway_schema_history",
                "select drop_daily_partition('stock', date '2026-01-01')",
                "select pg_create_logical_replication_slot('mine', 'pgoutput')"
            })
    void theApplicationMayNot(String statement) throws SQLException {
        makeOtherRoles();
        migrate();

        var jdbc = new JdbcTemplate(new DriverManagerDataSource(url, application, "secret"));

        assertThatThrownBy(() -> jdbc.execute(statement))
                .rootCause()
                .message()
                .containsAnyOf("permission denied", "must be owner", "is no partition");
    }

    @Test
    void theRelayMayNeitherWriteMessagesNorDropThem() throws SQLException {
        makeOtherRoles();
        migrate();

        var jdbc = new JdbcTemplate(new DriverManagerDataSource(url, relay, "secret"));

        Stream.of("delete from outbox", "select * from stock", "select drop_daily_partition('outbox', current_date)")
                .forEach(statement -> assertThatThrownBy(() -> jdbc.execute(statement))
                        .rootCause()
                        .hasMessageContaining("permission denied"));
    }

    private void works(EmbeddedKafka kafka) {
        try (var service = service(kafka)) {
            var saga = newSaga();
            try (var producer = producer(kafka)) {
                producer.send(sent(reserve(saga, line("descaler", 1))));
            }

            var jdbc = service.getBean(JdbcTemplate.class);
            await().atMost(SOON)
                    .until(() -> jdbc.queryForList("select type from outbox", String.class)
                            .contains("inventory.reserved.v1"));
            await().atMost(SOON)
                    .until(() -> jdbc.queryForList("select published_until from relay_position", Object.class).stream()
                            .anyMatch(it -> it != null));
            makesAndDropsPartitions(service);
        }
    }

    private static void makesAndDropsPartitions(ConfigurableApplicationContext service) {
        var jdbc = service.getBean(JdbcTemplate.class);
        var names = jdbc.queryForList(
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'inbox'::regclass order by 1",
                String.class);
        assertThat(names).hasSize(4); // today, the next two days, the rest
        service.getBean(TransactionTemplate.class)
                .executeWithoutResult(_ -> jdbc.query(
                        "select drop_daily_partition('inbox', to_date(right(?, 8), 'YYYYMMDD'))",
                        _ -> {},
                        names.get(2)));
        assertThat(jdbc.queryForObject("select to_regclass(?)", String.class, names.get(2)))
                .isNull();
    }

    private void makeOtherRoles() throws SQLException {
        execute("create role %s login password 'secret'".formatted(application));
        execute("create role %s login replication password 'secret'".formatted(relay));
    }

    private void migrate() {
        MigrateCommand.run(
                MigrateCommand.NAME,
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + owner,
                "--spring.datasource.password=secret",
                "--checkout.roles.application=" + application,
                "--checkout.roles.relay=" + relay);
    }

    private ConfigurableApplicationContext service(EmbeddedKafka kafka) {
        return new SpringApplicationBuilder(InventoryApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.flyway.enabled=false",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=" + application,
                        "--spring.datasource.password=secret",
                        "--checkout.relay.username=" + relay,
                        "--checkout.relay.password=secret",
                        "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    }

    private static KafkaProducer<String, byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static void execute(String statement) throws SQLException {
        try (var connection = TestServers.shared().postgres().connect("postgres");
                var session = connection.createStatement()) {
            session.execute(statement);
        }
    }
}
