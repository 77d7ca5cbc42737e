package shop.checkout.k8s;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.nodepool.ProcessRoles;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.contract.Topics;

/** Topics as the services would make them, on brokers that suffice for their replicas. */
final class Topology implements Check {

    static final Set<String> TOPICS = Set.of(
            Topics.INVENTORY_COMMANDS,
            Topics.PAYMENT_COMMANDS,
            Topics.SHIPPING_COMMANDS,
            Topics.CHECKOUT_REPLIES,
            Topics.CHECKOUT_EVENTS);

    @Override
    public List<String> faults(Manifests manifests) {
        var faults = new ArrayList<String>();
        var topics = manifests.all(KafkaTopic.class);
        var names = topics.stream().map(it -> it.getMetadata().getName()).collect(Collectors.toSet());
        if (!names.equals(TOPICS)) {
            faults.add("topics " + names + " instead of " + TOPICS);
        }
        int brokers = manifests.all(KafkaNodePool.class).stream()
                .filter(it -> it.getSpec().getRoles().contains(ProcessRoles.BROKER))
                .mapToInt(it -> it.getSpec().getReplicas())
                .sum();
        topics.forEach(it -> topic(it, brokers, faults));
        for (var kafka : manifests.all(Kafka.class)) {
            var config = kafka.getSpec().getKafka().getConfig();
            if (!Boolean.FALSE.equals(config.get("auto.create.topics.enable"))
                    || !Boolean.FALSE.equals(config.get("unclean.leader.election.enable"))) {
                faults.add("Kafka may make topics by itself, or lose acknowledged records");
            }
        }
        return faults;
    }

    private static void topic(KafkaTopic topic, int brokers, List<String> faults) {
        var name = topic.getMetadata().getName();
        var config = topic.getSpec().getConfig();
        OwnTopic.named(name).configs().forEach((key, value) -> {
            if (!value.equals(String.valueOf(config.get(key)))) {
                faults.add(name + ": " + key + " must be " + value);
            }
        });
        if (topic.getSpec().getPartitions() != Topics.PARTITIONS) {
            faults.add(name + ": must have " + Topics.PARTITIONS + " partitions");
        }
        int replicas = topic.getSpec().getReplicas();
        int inSync = Integer.parseInt(String.valueOf(config.get("min.insync.replicas")));
        if (replicas > brokers || inSync != Map.of(3, 2, 1, 1).getOrDefault(replicas, 0)) {
            faults.add(name + ": %d replicas, %d of them in sync, on %d brokers".formatted(replicas, inSync, brokers));
        }
    }
}
