package shop.checkout.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class EmbeddedIT {

    @Test
    void givesEachTestADatabaseOfItsOwn() throws Exception {
        var embedded = Embedded.shared();

        var mine = embedded.freshDatabase();
        var yours = embedded.freshDatabase();

        assertThat(mine).isNotEqualTo(yours);
        var postgres = embedded.postgres();
        try (var connection = DriverManager.getConnection(mine, postgres.username(), postgres.password())) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
        }
    }

    @Test
    void sharesOneKafka() throws Exception {
        var kafka = Embedded.shared().kafka();

        assertThat(Embedded.shared().kafka()).isSameAs(kafka);
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }
}
