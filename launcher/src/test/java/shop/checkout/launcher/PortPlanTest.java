package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void countsFromTheOrchestratorsPort() {
        var plan = new PortPlan(8080);

        assertThat(plan.port(Part.ORCHESTRATOR)).isEqualTo(8080);
        assertThat(plan.managementPort(Part.SHIPPING)).isEqualTo(8093);
        assertThat(plan.readiness(Part.INVENTORY))
                .isEqualTo(URI.create("http://127.0.0.1:8091/actuator/health/readiness"));
        assertThat(plan.readiness(Part.SANDBOX)).isEqualTo(URI.create("http://127.0.0.1:8084/health"));
    }

    @Test
    void namesThePartWhoseManagementPortIsTaken() throws IOException {
        var plan = PortPlan.free();
        int port = plan.managementPort(Part.PAYMENT);

        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(plan.conflict()).contains("port " + port + ", meant for payment-service, is taken");
        }
        assertThat(plan.conflict()).isEmpty();
    }
}
