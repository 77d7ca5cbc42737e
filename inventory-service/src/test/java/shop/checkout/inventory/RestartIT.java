package shop.checkout.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.servers.TestServers;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;

/** A service that is started where it has run before. */
class RestartIT {

    private static final String URL = TestServers.shared().freshDatabase();
    private static final Duration AHEAD = Duration.ofDays(400);

    @Test
    void writesLaterTimesThanItHasWrittenThoughItsMachinesClockWasSetBack() {
        var written = Hlc.of(Instant.now().plus(AHEAD).toEpochMilli(), 0);
        try (var first = start()) {
            write(first, written);
        }

        try (var second = start()) {
            assertThat(second.getBean(HybridClock.class).now()).isGreaterThan(written);
        }
    }

    private static void write(ConfigurableApplicationContext service, Hlc time) {
        var jdbc = service.getBean(JdbcTemplate.class);
        service.getBean(TransactionTemplate.class).executeWithoutResult(status -> jdbc.update("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, name, send, hlc)
                        values (uuidv7(), 'inventory.commands', uuidv7(), 'test', '{}', 'test', 1, ?)
                        """, time.packed()));
    }

    private static ConfigurableApplicationContext start() {
        var embedded = TestServers.shared();
        return new SpringApplicationBuilder(InventoryApplication.class)
                .run(
                        "--spring.application.name=restarted-inventory", // a consumer group and a slot of its own
                        "--checkout.relay.enabled=false",
                        "--checkout.retention.inbox=30d", // topics of other tests keep records for longer than ours
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.datasource.url=" + URL,
                        "--spring.datasource.username=" + embedded.postgres().username(),
                        "--spring.datasource.password=" + embedded.postgres().password(),
                        "--spring.kafka.bootstrap-servers=" + embedded.kafka().bootstrapServers());
    }
}
