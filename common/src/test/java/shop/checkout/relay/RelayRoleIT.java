package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** The relay has a database role of its own, which may do what {@link RelaySettings} says and nothing else. */
class RelayRoleIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void publishesTakesOverAndHealsWithTheGrantsThatAreNamed() throws Exception {
        var fixture = new OutboxFixture(1);
        var role = fixture.settings().slot() + "_relay";
        grant(fixture, role);
        var settings = new RelaySettings(
                fixture.settings().slot(),
                "outbox",
                fixture.jdbcUrl(),
                role,
                "secret",
                fixture.settings().kafka(),
                "/payment-service",
                fixture.settings().tuning());
        var registry = new SimpleMeterRegistry();
        try (var first = fixture.relay(settings);
                var second = fixture.relay(settings, registry);
                var reader = new TopicReader(fixture.topic());
                var load = new Load(fixture)) {
            first.start();
            reader.await(20, SOON);
            second.start();
            assertThat(first.stepDown()).isTrue();
            await().atMost(SOON).until(() -> second.leadingToken() > 0);
            first.stop();
            fixture.dropSlot();
            await().atMost(SOON)
                    .until(() -> registry.get("relay.slot.losses").counter().count() >= 1);
            assertThat(second.status().walStatus()).isNotEqualTo("lost");

            var written = load.end();
            assertThat(TopicReader.names(reader.awaitName(written.getLast())).stream()
                            .distinct())
                    .containsExactlyElementsOf(written);
        }
        try (var connection = DriverManager.getConnection(fixture.jdbcUrl(), role, "secret");
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("delete from outbox"))
                    .isInstanceOf(PSQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private static void grant(OutboxFixture fixture, String role) throws SQLException {
        fixture.execute("""
                create role %1$s login replication password 'secret' nosuperuser;
                grant usage on schema public to %1$s;
                grant select on outbox to %1$s;
                grant select, insert, update on lease, relay_position to %1$s;
                """.formatted(role));
    }
}
