package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RelaySettingsTest {

    private static final RelaySettings SETTINGS = RelaySettings.of(
            "payment_outbox",
            "jdbc:postgresql://db.internal:6543/payment?sslmode=verify-full&targetServerType=primary",
            "relay",
            "secret",
            "kafka:9092",
            "/payment-service");

    @Test
    void takesTheAddressFromTheJdbcUrlAndKeepsItsParameters() {
        var database = new Database(SETTINGS);

        assertThat(database.host()).isEqualTo("db.internal");
        assertThat(database.port()).isEqualTo("6543");
        assertThat(database.name()).isEqualTo("payment");
        assertThat(database.parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("sslmode", "verify-full", "targetServerType", "primary"));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(SETTINGS.toString()).doesNotContain("secret");
    }

    @Test
    void refusesAUrlThatIsNotOfPostgres() {
        var mysql =
                RelaySettings.of("payment_outbox", "jdbc:mysql://db/payment", "relay", "secret", "kafka:9092", "/p");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Database(mysql))
                .withMessageContaining("jdbc:mysql");
    }

    @Test
    void refusesASlotNameThatPostgresWouldRefuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RelaySettings.of("Payment-Outbox", "jdbc:postgresql:payment", "r", "s", "k:9092", "/p"))
                .withMessageContaining("Payment-Outbox");
    }
}
