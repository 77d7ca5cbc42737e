package shop.checkout.e2e.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service is replaced by a process of a newer build, with a migration of its own, while checkouts flow. Kafka lets each do no more than
 * the manifests for production grant.
 */
class RollingUpgradeIT {

    private static final int CUSTOMERS = 3;
    private static final int BETWEEN = 25;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void failsNoRequestAndLosesNoSaga(TestReporter report) throws Exception {
        var balancer = new Balancer();
        try (var fleet = Fleet.start(folder);
                var customers = new Customers(balancer)) {
            balancer.add(fleet.running(Service.ORCHESTRATOR).url());
            customers.comeIn(CUSTOMERS);
            awaitEnded(customers, BETWEEN);

            for (var service : Service.values()) {
                fleet.upgrade(service, balancer);
                awaitEnded(customers, BETWEEN);
            }
            customers.leave(LIMIT);

            report.publishEntry(customers.ended() + " checkouts ended meanwhile");
            assertThat(customers.failed()).isEmpty();
            fleet.awaitQuiet();
            assertThatTheBooksAgree(fleet, customers);
            assertThatTheNextBuildsHaveMigrated(fleet);
        }
    }

    private static void awaitEnded(Customers customers, int more) {
        int target = customers.ended() + more;
        await(more + " more checkouts to end")
                .atMost(LIMIT)
                .until(() -> customers.ended() >= target || !customers.failed().isEmpty());
        assertThat(customers.failed()).isEmpty();
    }

    private static void assertThatTheBooksAgree(Fleet fleet, Customers customers) {
        var completed = customers.ended("COMPLETED");
        var rejected = customers.ended("REJECTED");
        assertThat(completed).as("did not test: completed").isPositive();
        assertThat(rejected).as("did not test: rejected").isPositive();
        assertThat(sagas(fleet, "COMPLETED")).isEqualTo(completed);
        assertThat(sagas(fleet, "REJECTED")).isEqualTo(rejected);
        assertThat(fleet.count(Service.ORCHESTRATOR, "select count(*) from saga"))
                .isEqualTo(completed + rejected);
        assertThat(fleet.count(Service.PAYMENT, "select count(*) from payment_ledger where kind = 'CAPTURE'"))
                .as("charged once for each completed checkout, and for no other")
                .isEqualTo(completed);
        assertThat(fleet.count(Service.SHIPPING, "select count(*) from shipment_ledger"))
                .as("sent once")
                .isEqualTo(completed);
        assertThat(fleet.count(
                        Service.INVENTORY,
                        "select count(distinct saga_id) from stock_ledger where kind = 'RESERVE' and saga_id not in"
                                + " (select saga_id from stock_ledger where kind in ('SELL', 'RELEASE'))"))
                .as("goods neither sold nor released")
                .isZero();
    }

    private static long sagas(Fleet fleet, String status) {
        return fleet.count(Service.ORCHESTRATOR, "select count(*) from saga where status = '" + status + "'");
    }

    private static void assertThatTheNextBuildsHaveMigrated(Fleet fleet) {
        for (var service : Service.values()) {
            assertThat(fleet.count(service, """
                    select count(*) from information_schema.columns where table_name = '%s' and column_name = '%s'
                    """.formatted(service.table(), Build.COLUMN)))
                    .as("the next build's column at %s", service)
                    .isEqualTo(1);
        }
    }
}
