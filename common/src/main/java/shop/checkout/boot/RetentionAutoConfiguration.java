package shop.checkout.boot;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.consumer.Preparation;
import shop.checkout.consumer.Sweep;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.jdbc.DailyPartitions;
import shop.checkout.relay.RelaySettings;
import shop.checkout.retention.Retention;
import shop.checkout.retention.RetentionSettings;

/** Makes the partitions of messages ahead of time and drops them when they have had theirs. */
@AutoConfiguration(after = MessagingAutoConfiguration.class)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionAutoConfiguration {

    private static final Duration MAKE_INTERVAL = Duration.ofHours(1);

    @Bean
    DailyPartitions partitions(
            JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock, RetentionSettings settings) {
        return new DailyPartitions(jdbc, transaction, clock, settings.lockTimeout(), List.of("outbox", "inbox"));
    }

    @Bean
    Preparation firstPartitions(DailyPartitions partitions) {
        return new Preparation("first partitions", partitions::makeAhead);
    }

    @Bean
    Sweep partitionsAhead(DailyPartitions partitions) {
        return new Sweep("partitions ahead", MAKE_INTERVAL, partitions::makeAhead);
    }

    @Bean
    Retention retention(
            @Value("${spring.application.name}") String service,
            RetentionSettings settings,
            List<TopicSubscription> subscriptions,
            KafkaAdmin kafka,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry meters) {
        var topics = subscriptions.stream().map(TopicSubscription::topic).toList();
        var slot = RelaySettings.slotOf(service);
        return new Retention(
                settings, slot, topics, kafka.getConfigurationProperties(), jdbc, transaction, clock, meters);
    }

    /** Ends the start if the inbox would forget too soon. */
    @Bean
    Preparation retentionCheck(Retention retention) {
        return new Preparation("retention check", retention::check);
    }

    @Bean
    Sweep oldMessages(Retention retention, RetentionSettings settings) {
        return new Sweep("old messages", settings.interval(), retention::forget);
    }
}
