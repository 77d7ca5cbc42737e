package shop.checkout.orchestrator.engine;

import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.codec.RecordReader;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.consumer.Sweep;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.outbox.Outbox;
import shop.checkout.time.HybridClock;

/** The engine for every {@link SagaDefinition} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineProperties.class)
class EngineConfiguration {

    @Bean
    SagaKinds sagaKinds(List<SagaDefinition<?>> definitions, Codec codec) {
        return new SagaKinds(definitions, codec);
    }

    /** Stops the start if open sagas would be stranded. */
    @Bean
    Sagas sagas(JdbcTemplate jdbc, SagaKinds kinds, HybridClock clock) {
        var sagas = new Sagas(jdbc, kinds, clock);
        kinds.requireAll(sagas.countOpen());
        return sagas;
    }

    @Bean
    SagaStore sagaStore(JdbcTemplate jdbc, Sagas sagas, Outbox outbox, Codec codec, HybridClock clock) {
        return new SagaStore(sagas, new SagaHistory(jdbc, codec, clock), outbox, codec);
    }

    @Bean
    SagaEngine sagaEngine(
            SagaKinds kinds, Sagas sagas, SagaStore store, TransactionTemplate transaction, EngineProperties settings) {
        return new SagaEngine(kinds, sagas, store, transaction, settings);
    }

    @Bean
    TopicSubscription replies(
            @Value("${spring.application.name}") String service,
            Codec codec,
            Sagas sagas,
            SagaStore store,
            HybridClock clock) {
        var handler = new ReplyHandler(new RecordReader(codec), sagas, store, clock);
        return new TopicSubscription(Topics.CHECKOUT_REPLIES, service, handler);
    }

    @Bean
    Sweep timers(Sagas sagas, SagaStore store, TransactionTemplate transaction, EngineProperties settings) {
        var timers = new Timers(sagas, store, transaction, settings.timers().batch());
        return new Sweep("saga timers", settings.timers().interval(), timers::sweep);
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
