package shop.checkout.orchestrator.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.codec.RecordReader;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.consumer.Preparation;
import shop.checkout.consumer.Sweep;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.orchestrator.breaker.BreakerSettings;
import shop.checkout.orchestrator.breaker.Breakers;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.outbox.Outbox;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** The engine for every {@link SagaDefinition} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EngineProperties.class, BreakerSettings.class})
class EngineConfiguration {

    @Bean
    SagaKinds sagaKinds(List<SagaDefinition<?>> definitions, Codec codec) {
        return new SagaKinds(definitions, codec);
    }

    /** Ends the start if open sagas would be stranded. */
    @Bean
    Preparation deployCheck(JdbcTemplate jdbc, SagaKinds kinds, TransactionTemplate transaction) {
        var stock = new SagaStock(jdbc);
        return new Preparation(
                "deploy check", () -> transaction.executeWithoutResult(status -> promise(stock, kinds.definitions())));
    }

    private static void promise(SagaStock stock, List<SagaDefinition<?>> definitions) {
        var faults = DeployCheck.of(definitions, stock).faults();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join(" ", faults));
        }
        stock.promise(definitions);
    }

    @Bean
    Sagas sagas(JdbcTemplate jdbc, SagaKinds kinds, HybridClock clock) {
        return new Sagas(jdbc, kinds, clock);
    }

    @Bean
    Breakers breakers(JdbcTemplate jdbc, TransactionTemplate transaction, BreakerSettings settings) {
        return new Breakers(jdbc, transaction, settings);
    }

    @Bean
    HeldSagas heldSagas(
            Sagas sagas,
            SagaStore store,
            Breakers breakers,
            TransactionTemplate transaction,
            BreakerSettings settings) {
        return new HeldSagas(sagas, store, breakers, transaction, settings.maxHeld());
    }

    @Bean
    Sweep heldBack(HeldSagas held, EngineProperties settings) {
        return new Sweep("held sagas", settings.timers().interval(), held::sweep);
    }

    @Bean
    SagaOperator sagaOperator(
            JdbcTemplate jdbc,
            Sagas sagas,
            SagaStore store,
            HybridClock clock,
            HeldSagas held,
            TransactionTemplate transaction) {
        return new SagaOperator(sagas, store, new Audit(jdbc, clock), held, transaction);
    }

    @Bean
    SagaStore sagaStore(
            JdbcTemplate jdbc,
            Sagas sagas,
            Outbox outbox,
            Codec codec,
            HybridClock clock,
            ObjectProvider<SagaListener> listeners) {
        var history = new SagaHistory(jdbc, codec, clock);
        return new SagaStore(
                sagas, history, outbox, codec, listeners.orderedStream().toList());
    }

    @Bean
    SagaEngine sagaEngine(
            SagaKinds kinds,
            Sagas sagas,
            SagaStore store,
            HeldSagas held,
            SagaMeters meters,
            TransactionTemplate transaction,
            EngineProperties settings) {
        return new SagaEngine(kinds, sagas, store, held, meters, transaction, settings);
    }

    @Bean
    TopicSubscription replies(
            @Value("${spring.application.name}") String service,
            Codec codec,
            Sagas sagas,
            SagaStore store,
            Breakers breakers,
            HybridClock clock,
            Traces traces) {
        var handler = new ReplyHandler(new RecordReader(codec), sagas, store, breakers, clock, traces);
        return new TopicSubscription(Topics.CHECKOUT_REPLIES, service, handler);
    }

    @Bean
    Sweep timers(
            Sagas sagas,
            SagaStore store,
            TransactionTemplate transaction,
            Breakers breakers,
            EngineProperties settings) {
        var timers = new Timers(
                sagas, store, transaction, breakers, settings.timers().batch());
        return new Sweep("saga timers", settings.timers().interval(), timers::sweep);
    }

    @Bean
    SagaMeters sagaMeters(DataSource database, MeterRegistry meters, SagaKinds kinds) {
        return new SagaMeters(database, meters, kinds.definitions());
    }

    @Bean
    Sweep openSagas(SagaMeters meters) {
        return new Sweep("open sagas", SagaMeters.COUNT_EVERY, meters::count);
    }

    @Bean
    NewTopic checkoutReplies() {
        return OwnTopic.named(Topics.CHECKOUT_REPLIES);
    }

    @Bean
    NewTopic checkoutEvents() {
        return OwnTopic.named(Topics.CHECKOUT_EVENTS);
    }
}
