package shop.checkout.orchestrator.api;

import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.consumer.Sweep;
import shop.checkout.orchestrator.engine.SagaEngine;
import shop.checkout.orchestrator.engine.SagaStarter;

/** The REST API on top of the engine. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    Checkouts checkouts(CheckoutRows rows, Codec codec) {
        return new Checkouts(rows, codec);
    }

    @Bean
    CheckoutCounts checkoutCounts(JdbcTemplate jdbc, Clock clock) {
        return new CheckoutCounts(jdbc, clock);
    }

    @Bean
    SagaWatch sagaWatch(JdbcTemplate jdbc, Checkouts checkouts) {
        return new SagaWatch(jdbc, checkouts);
    }

    @Bean
    IdempotencyKeys idempotencyKeys(JdbcTemplate jdbc, TransactionTemplate transaction) {
        return new IdempotencyKeys(jdbc, transaction);
    }

    @Bean
    SagaStarter<Ticket> groupCommit(SagaEngine engine, IdempotencyKeys keys) {
        return engine.starter(keys);
    }

    @Bean
    CheckoutStarter checkoutStarter(
            SagaStarter<Ticket> starter, IdempotencyKeys keys, Checkouts checkouts, Codec codec) {
        return new CheckoutStarter(starter, keys, checkouts, new SagaIds(), codec);
    }

    @Bean
    Sweep oldIdempotencyKeys(IdempotencyKeys keys) {
        return new Sweep("old idempotency keys", Duration.ofMinutes(5), keys::sweep);
    }
}
