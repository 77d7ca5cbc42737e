package shop.checkout.orchestrator.tutorial;

import org.springframework.context.annotation.Bean;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** What the tutorial adds to the definitions that a build runs. No configuration: other tests do not run it. */
final class VoucherDefinitions {

    @Bean
    SagaDefinition<Voucher> voucherV1() {
        return VoucherSaga.V1;
    }
}
