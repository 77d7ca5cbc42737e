package shop.checkout.orchestrator.api;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
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
    Returns returns(ReturnRows rows, Codec codec) {
        return new Returns(rows, codec);
    }

    @Bean
    SagaWatch<CheckoutView> checkoutWatch(JdbcTemplate jdbc, Checkouts checkouts) {
        return new SagaWatch<>(jdbc, checkouts::find, CheckoutView::of);
    }

    @Bean
    SagaWatch<ReturnView> returnWatch(JdbcTemplate jdbc, Returns returns) {
        return new SagaWatch<>(jdbc, returns::find, ReturnView::of);
    }

    @Bean
    SagaIds sagaIds() {
        return new SagaIds();
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
            SagaStarter<Ticket> starter,
            IdempotencyKeys keys,
            Checkouts checkouts,
            SagaIds ids,
            Codec codec,
            MeterRegistry meters) {
        return new CheckoutStarter(
                new KeyedStarter<>(starter, keys, Function.identity(), "checkout", meters), checkouts, ids, codec);
    }

    /** Apart from that of checkouts, which never wait for what returns wait for. */
    @Bean
    SagaStarter<ReturnTicket> groupCommitOfReturns(SagaEngine engine, IdempotencyKeys keys, JdbcTemplate jdbc) {
        return engine.starter(new ReturnGuard(keys, jdbc));
    }

    @Bean
    ReturnStarter returnStarter(
            SagaEngine engine,
            SagaStarter<ReturnTicket> starter,
            IdempotencyKeys keys,
            Returns returns,
            SagaIds ids,
            Codec codec,
            MeterRegistry meters) {
        return new ReturnStarter(
                engine, new KeyedStarter<>(starter, keys, ReturnTicket::ticket, "return", meters), returns, ids, codec);
    }

    @Bean
    Sweep oldIdempotencyKeys(IdempotencyKeys keys) {
        return new Sweep("old idempotency keys", Duration.ofMinutes(5), keys::sweep);
    }
}
