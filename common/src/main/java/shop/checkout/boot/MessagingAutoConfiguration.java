package shop.checkout.boot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.codec.ShopModule;
import shop.checkout.consumer.Preparation;
import shop.checkout.inbox.Inbox;
import shop.checkout.intent.RemoteEffects;
import shop.checkout.outbox.Outbox;
import shop.checkout.parking.Parking;
import shop.checkout.participant.Participants;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;
import shop.checkout.trace.Tracing;
import shop.checkout.trace.TracingSettings;

/** Messages in and out of the service's database. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@EnableConfigurationProperties(TracingSettings.class)
class MessagingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong();
    }

    @Bean
    HybridClock hybridClock(Clock clock, MeterRegistry meters) {
        var hybrid = new HybridClock(clock);
        Gauge.builder("checkout.clock.ahead", hybrid, it -> it.ahead().toMillis() / 1e3)
                .description("By how much the newest hybrid timestamp is ahead of this machine's clock")
                .baseUnit("seconds")
                .register(meters);
        FunctionCounter.builder("checkout.clock.leaps", hybrid, HybridClock::leaps)
                .description(
                        "Timestamps more than a minute ahead of all that was known here: a machine's clock is wrong")
                .register(meters);
        return hybrid;
    }

    /** Later than all that this service has written before, even if the machine's clock was set back. */
    @Bean
    Preparation clockGoesOn(HybridClock clock, JdbcTemplate jdbc) {
        return new Preparation("clock", () -> clock.goOnAfter(Outbox.newest(jdbc)));
    }

    @Bean
    Preparations preparations(List<Preparation> preparations) {
        return new Preparations(preparations);
    }

    @Bean
    @ConditionalOnMissingBean
    Codec codec() {
        return Codec.ofCatalogue();
    }

    @Bean
    ShopModule shopModule() {
        return new ShopModule();
    }

    @Bean
    @ConditionalOnMissingBean
    TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
        return new TransactionTemplate(transactions);
    }

    @Bean
    Traces traces(
            @Value("${spring.application.name}") String service,
            TracingSettings settings,
            RandomGenerator random,
            Clock clock,
            MeterRegistry meters) {
        return Tracing.of(service, settings, random, clock, meters);
    }

    @Bean
    Outbox outbox(JdbcTemplate jdbc, Codec codec, HybridClock clock, Traces traces) {
        return new Outbox(jdbc, codec, clock, traces);
    }

    @Bean
    Inbox inbox(JdbcTemplate jdbc, Codec codec) {
        return new Inbox(jdbc, codec);
    }

    @Bean
    Parking parking(JdbcTemplate jdbc, Codec codec, RandomGenerator random) {
        return new Parking(jdbc, codec, random);
    }

    @Bean
    Participants participants(
            @Value("${spring.application.name}") String service,
            Codec codec,
            Inbox inbox,
            Outbox outbox,
            HybridClock clock,
            Traces traces,
            MeterRegistry meters) {
        var duplicates = Counter.builder("checkout.inbox.duplicates")
                .description("Messages that were acted on before")
                .register(meters);
        return new Participants(service, codec, inbox, outbox, clock, traces, duplicates::increment);
    }

    @Bean
    RemoteEffects remoteEffects(
            TransactionTemplate transaction,
            JdbcTemplate jdbc,
            Inbox inbox,
            Outbox outbox,
            RandomGenerator random,
            MeterRegistry meters,
            Traces traces) {
        return new RemoteEffects(transaction, jdbc, inbox, outbox, random, meters, traces);
    }
}
