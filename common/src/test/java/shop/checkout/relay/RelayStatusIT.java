package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators see of a relay. */
class RelayStatusIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void countsWhatIsNotPublished() throws Exception {
        var fixture = new OutboxFixture(1);
        try (var connection = fixture.connect()) {
            publishAll(fixture, connection);

            fixture.insertInOrder(3);

            await().until(() -> status(fixture, connection).lag().isPositive());
            var status = status(fixture, connection);
            assertThat(status.lagRows()).isEqualTo(3);
            assertThat(status.leader()).isEmpty();
            assertThat(status.slotActive()).isFalse();
            assertThat(status.walStatus()).isEqualTo("reserved");
            assertThat(status.retainedBytes()).isPositive();
        }
    }

    @Test
    void countsItAlsoWhereTheClocksOfWritersAreAhead() throws Exception {
        var fixture = new OutboxFixture(1);
        fixture.setClockForward(Duration.ofHours(1));
        try (var connection = fixture.connect()) {
            publishAll(fixture, connection);

            fixture.insertInOrder(3);

            assertThat(status(fixture, connection).lagRows()).isEqualTo(3);
        }
    }

    @Test
    void countsNothingThatWasPublishedFromTheTable() throws Exception {
        var fixture = new OutboxFixture(1);
        fixture.insertInOrder(20);
        try (var reader = new TopicReader(fixture.topic());
                var connection = fixture.connect();
                var relay = fixture.relay(fixture.settings())) {
            relay.start(); // there is no slot yet

            reader.awaitName("20");

            await().atMost(SOON).until(() -> status(fixture, connection).lagRows() == 0);
        }
    }

    @Test
    void tellsTheSlotOfARelayThatNeverStartedAbsent() throws Exception {
        var fixture = new OutboxFixture(1);
        fixture.insertInOrder(2);
        try (var connection = fixture.connect()) {
            var status = status(fixture, connection);

            assertThat(status.walStatus()).isEqualTo("absent");
            assertThat(status.lagRows()).isEqualTo(2);
            assertThat(status.token()).isZero();
        }
    }

    @Test
    void isMeasuredOnTheLeaderAndOnAStandby() throws Exception {
        var fixture = new OutboxFixture(1);
        var leading = new SimpleMeterRegistry();
        var waiting = new SimpleMeterRegistry();
        try (var leader = fixture.relay(fixture.settings(), leading);
                var standby = fixture.relay(fixture.settings(), waiting)) {
            leader.start();
            await().atMost(SOON).until(() -> leader.leadingToken() > 0);
            standby.start();

            await().atMost(SOON).until(() -> gauge(leading, "relay.slot.active") == 1);
            await().atMost(SOON).until(() -> gauge(waiting, "relay.slot.active") == 1);

            assertThat(gauge(leading, "relay.leader")).isEqualTo(1);
            assertThat(gauge(waiting, "relay.leader")).isZero();
            assertThat(gauge(waiting, "relay.outbox.lag.rows")).isZero();
            assertThat(gauge(waiting, "relay.outbox.lag.seconds")).isZero();
            assertThat(gauge(waiting, "relay.slot.retained.bytes")).isPositive();
            assertThat(status(waiting, "reserved")).isEqualTo(1);
            assertThat(status(waiting, "lost")).isZero();
        }
    }

    @Test
    void isMeasuredByTheFirstRowOfABatchAndCountsAll() throws Exception {
        var fixture = new OutboxFixture(1);
        fixture.insertAtOnce(3);
        fixture.execute("update outbox set hlc = hlc - (3600 * 1000::bigint << 16) where name = '1'");
        var registry = new SimpleMeterRegistry();
        try (var relay = fixture.relay(fixture.settings(), registry)) {
            relay.start(); // there is no slot yet, so that all three are published from the table

            await().atMost(SOON)
                    .until(() -> registry.get("relay.published.rows").counter().count() == 3);

            assertThat(registry.get("relay.lag").timer().totalTime(TimeUnit.SECONDS))
                    .isGreaterThan(3_600);
            assertThat(registry.get("relay.publish").timer().totalTime(TimeUnit.SECONDS))
                    .isBetween(0.0, 3_600.0);
            assertThat(registry.get("relay.publish").timer().count())
                    .isEqualTo(registry.get("relay.lag").timer().count());
        }
    }

    /** By a relay that is gone then. */
    private static void publishAll(OutboxFixture fixture, Connection connection) throws SQLException {
        try (var reader = new TopicReader(fixture.topic());
                var relay = fixture.relay(fixture.settings())) {
            relay.start();
            fixture.insertInOrder(20);
            reader.awaitName("20");
            await().atMost(SOON).until(() -> status(fixture, connection).lagRows() == 0);
            assertThat(status(fixture, connection).token()).isEqualTo(relay.leadingToken());
        }
    }

    private static RelayStatus status(OutboxFixture fixture, Connection connection) throws SQLException {
        return Observation.read(connection, fixture.settings().slot(), false);
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get(name).gauge().value();
    }

    private static double status(SimpleMeterRegistry registry, String status) {
        return registry.get("relay.slot.status").tag("status", status).gauge().value();
    }
}
