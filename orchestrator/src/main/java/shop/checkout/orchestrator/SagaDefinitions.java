package shop.checkout.orchestrator;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.returns.GoodsReturn;
import shop.checkout.orchestrator.returns.ReturnSaga;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** The sagas that this build runs. A definition stays here for as long as sagas of its version are stored. */
@Configuration(proxyBeanMethods = false)
class SagaDefinitions {

    @Bean
    SagaDefinition<Checkout> checkoutV1() {
        return CheckoutSaga.V1;
    }

    @Bean
    SagaDefinition<Checkout> checkoutV2() {
        return CheckoutSaga.V2;
    }

    @Bean
    SagaDefinition<GoodsReturn> returnV1() {
        return ReturnSaga.V1;
    }
}
