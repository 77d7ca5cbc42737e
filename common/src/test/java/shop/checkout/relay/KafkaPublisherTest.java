package shop.checkout.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the order of records rests on, and no deployment may change. */
class KafkaPublisherTest {

    @Test
    void keepsTheOrderWhateverADeploymentSets() {
        var careless = Map.of(
                "bootstrap.servers", "kafka:9092",
                "acks", "1",
                "enable.idempotence", "false",
                "max.in.flight.requests.per.connection", "5");
        var settings = new RelaySettings(
                "payment_outbox",
                "outbox",
                "jdbc:postgresql:payment",
                "r",
                "s",
                careless,
                "/p",
                RelaySettings.Tuning.DEFAULT);

        assertThat(KafkaPublisher.config(settings))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.in.flight.requests.per.connection", 1);
    }
}
