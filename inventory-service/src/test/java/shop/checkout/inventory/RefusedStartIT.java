package shop.checkout.inventory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import shop.checkout.servers.TestServers;

/** A service that would act on a message twice says so when it starts. */
class RefusedStartIT {

    @Test
    void doesNotStartWithAnInboxThatForgetsBeforeItsTopicsDo() {
        var embedded = TestServers.shared();
        var application = new SpringApplicationBuilder(InventoryApplication.class);

        assertThatThrownBy(() -> application
                        .run(
                                "--checkout.retention.inbox=5d",
                                "--server.port=0",
                                "--management.server.port=0",
                                "--spring.datasource.url=" + embedded.freshDatabase(),
                                "--spring.datasource.username="
                                        + embedded.postgres().username(),
                                "--spring.datasource.password="
                                        + embedded.postgres().password(),
                                "--spring.kafka.bootstrap-servers="
                                        + embedded.kafka().bootstrapServers())
                        .close())
                .rootCause()
                .hasMessageContaining("Topic inventory.commands keeps a record for up to PT192H")
                .hasMessageContaining("checkout.retention.inbox is PT120H");
    }
}
