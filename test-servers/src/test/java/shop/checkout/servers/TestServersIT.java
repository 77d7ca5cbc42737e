package shop.checkout.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TestServersIT {

    @Test
    void givesEachTestADatabaseOfItsOwn() throws Exception {
        var servers = TestServers.shared();

        var mine = servers.freshDatabase();
        var yours = servers.freshDatabase();

        assertThat(mine).isNotEqualTo(yours);
        var postgres = servers.postgres();
        try (var connection = DriverManager.getConnection(mine, postgres.username(), postgres.password())) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
        }
    }

    @Test
    void decodesTheLogAndIsDurable() throws Exception {
        try (var connection = TestServers.shared().postgres().connect("postgres");
                var statement = connection.createStatement()) {
            for (var setting : List.of("wal_level=logical", "fsync=on", "synchronous_commit=on")) {
                var name = setting.substring(0, setting.indexOf('='));
                try (var row = statement.executeQuery("select '" + name + "=' || current_setting('" + name + "')")) {
                    row.next();
                    assertThat(row.getString(1)).isEqualTo(setting);
                }
            }
        }
    }

    @Test
    void sharesOneKafkaThatMakesNoTopicByAccident() throws Exception {
        var kafka = TestServers.shared().kafka();

        assertThat(TestServers.shared().kafka()).isSameAs(kafka);
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
            assertThatThrownBy(() -> admin.describeTopics(List.of("typo"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void saysWhatThereIsToChooseFrom() {
        assertThatThrownBy(() -> new TestServers("docker").freshDatabase())
                .hasMessage("-Dinfra is embedded or containers, not docker");
    }
}
