package shop.checkout.orchestrator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** The orchestrator, and the sagas that it runs: a definition is a bean for as long as sagas of its version are open. */
@SpringBootApplication
class OrchestratorApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(OrchestratorApplication.class, arguments);
    }

    @Bean
    SagaDefinition<Checkout> checkoutV1() {
        return CheckoutSaga.V1;
    }
}
