package shop.checkout.inventory;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.checkout.servers.TestServers;

/** One running service for all tests: they keep apart by the orders and products that they use. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
abstract class ServiceUnderTest {

    private static final String DATABASE = TestServers.shared().freshDatabase();

    @DynamicPropertySource
    static void embedded(DynamicPropertyRegistry properties) {
        var embedded = TestServers.shared();
        properties.add("spring.datasource.url", () -> DATABASE);
        properties.add("spring.datasource.username", embedded.postgres()::username);
        properties.add("spring.datasource.password", embedded.postgres()::password);
        properties.add("spring.kafka.bootstrap-servers", embedded.kafka()::bootstrapServers);
    }
}
