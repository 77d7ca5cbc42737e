package shop.checkout.boot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;
import shop.checkout.consumer.BatchRunner;
import shop.checkout.consumer.Fence;
import shop.checkout.consumer.KeyOrder;
import shop.checkout.consumer.ParkedRetry;
import shop.checkout.consumer.PollTimes;
import shop.checkout.consumer.Sweep;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.parking.Parking;

/**
 * One Kafka listener a subscription. Offsets are committed soon after the batch's transaction. When the database is in trouble,
 * or anything else that no message is to blame for, the same batch is tried again, paused and without leaving the group, for
 * as long as it takes: nothing that a handler does ends the consumption of its partitions.
 */
final class Listeners implements SmartLifecycle {

    private static final Duration OFFSETS_EVERY = Duration.ofMillis(200);
    private static final Duration AUTHORIZE_AGAIN = Duration.ofSeconds(5);

    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new ArrayList<>();
    private final List<Sweep> retries = new ArrayList<>();
    private final Sweeper sweeper;
    private volatile boolean running;

    Listeners(
            List<TopicSubscription> subscriptions,
            ConsumerFactory<String, byte[]> consumers,
            ConsumerProperties settings,
            Fence fence,
            KeyOrder order,
            Parking parking,
            TransactionTemplate transaction,
            PollTimes times) {
        for (var subscription : subscriptions) {
            var runner = new BatchRunner(subscription.handler(), fence, order, parking, transaction);
            var retry = new ParkedRetry(subscription.topic(), subscription.handler(), order, parking, transaction);
            containers.add(container(subscription, runner, consumers, settings.concurrency(), times));
            retries.add(new Sweep("parked " + subscription.topic(), settings.retryInterval(), retry::sweep));
        }
        sweeper = new Sweeper(retries);
    }

    private static ConcurrentMessageListenerContainer<String, byte[]> container(
            TopicSubscription subscription,
            BatchRunner runner,
            ConsumerFactory<String, byte[]> consumers,
            int concurrency,
            PollTimes times) {
        var time = times.of(subscription.topic());
        var properties = new ContainerProperties(subscription.topic());
        properties.setGroupId(subscription.groupId());
        properties.setMessageListener(
                (BatchMessageListener<String, byte[]>) batch -> time.measure(batch, () -> runOrFail(runner, batch)));
        properties.setConsumerRebalanceListener(new ConsumerAwareRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
                runner.assigned(partitions);
            }
        });
        // One commit for every small poll costs the broker as much as the poll; a late one only means duplicates, which
        // are dropped. Each is waited for: one that a rebalance turns down is made again and leaves no lag behind.
        properties.setAckMode(ContainerProperties.AckMode.TIME);
        properties.setAckTime(OFFSETS_EVERY.toMillis());
        properties.setPollTimeout(OFFSETS_EVERY.toMillis()); // it is looked at between polls
        properties.setSyncCommits(true);
        properties.setAuthExceptionRetryInterval(AUTHORIZE_AGAIN); // else it would end the container
        properties.setShutdownTimeout(Duration.ofSeconds(10).toMillis());
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setConcurrency(concurrency);
        container.setBeanName(subscription.topic());
        container.setCommonErrorHandler(tryAgain());
        return container;
    }

    /** An Error that gets this far, as when there was no memory left even for parking, would end the container for good. */
    private static void runOrFail(BatchRunner runner, List<ConsumerRecord<String, byte[]>> batch) {
        try {
            runner.run(batch);
        } catch (Error e) {
            throw new IllegalStateException("a poll of " + batch.size() + " records could not be dealt with", e);
        }
    }

    private static DefaultErrorHandler tryAgain() {
        var handler = new DefaultErrorHandler(untilItWorks());
        handler.setClassifications(Map.of(), true); // by default some exceptions have the whole poll skipped
        return handler;
    }

    private static ExponentialBackOff untilItWorks() {
        var backOff = new ExponentialBackOff(100, 2);
        backOff.setMaxInterval(Duration.ofSeconds(5).toMillis());
        backOff.setJitter(50);
        return backOff;
    }

    @Override
    public void start() {
        containers.forEach(ConcurrentMessageListenerContainer::start);
        sweeper.start();
        running = true;
    }

    @Override
    public void stop() {
        sweeper.stop();
        containers.parallelStream().forEach(ConcurrentMessageListenerContainer::stop);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The topics that are not listened to. */
    List<String> stopped() {
        return containers.stream()
                .filter(container -> !container.isRunning())
                .map(ConcurrentMessageListenerContainer::getBeanName)
                .toList();
    }

    /** After the relay, before the web server. */
    @Override
    public int getPhase() {
        return 0;
    }
}
