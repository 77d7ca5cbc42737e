package shop.checkout.k8s;

import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.StrimziAclOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.checkout.contract.Topics;

/** That each service may do in Kafka what it does, and nothing else. */
final class Users implements Check {

    private record Use(Set<String> reads, Set<String> writes, Set<String> owns) {

        Map<String, Set<String>> rights(String service) {
            var rights = new HashMap<String, Set<String>>();
            rights.put("group " + service, Set.of("READ"));
            Stream.of(reads, writes, owns)
                    .flatMap(Set::stream)
                    .distinct()
                    .forEach(topic -> rights.put(
                            "topic " + topic,
                            Stream.of(
                                            Stream.of("DESCRIBE"),
                                            reads.contains(topic) ? Stream.of("READ") : Stream.<String>of(),
                                            writes.contains(topic) ? Stream.of("WRITE") : Stream.<String>of(),
                                            // retention is compared at the start
                                            reads.contains(topic) || owns.contains(topic)
                                                    ? Stream.of("DESCRIBECONFIGS")
                                                    : Stream.<String>of())
                                    .flatMap(it -> it)
                                    .collect(Collectors.toSet())));
            return rights;
        }
    }

    private static final Map<String, Use> USES = Map.of(
            "orchestrator",
            new Use(
                    Set.of(Topics.CHECKOUT_REPLIES),
                    Set.of(
                            Topics.INVENTORY_COMMANDS,
                            Topics.PAYMENT_COMMANDS,
                            Topics.SHIPPING_COMMANDS,
                            Topics.CHECKOUT_EVENTS),
                    Set.of(Topics.CHECKOUT_REPLIES, Topics.CHECKOUT_EVENTS)),
            "inventory-service",
            participant(Topics.INVENTORY_COMMANDS, Set.of(Topics.INVENTORY_COMMANDS, Topics.CHECKOUT_EVENTS)),
            "payment-service",
            participant(Topics.PAYMENT_COMMANDS, Set.of(Topics.PAYMENT_COMMANDS)),
            "shipping-service",
            participant(Topics.SHIPPING_COMMANDS, Set.of(Topics.SHIPPING_COMMANDS)));

    private static Use participant(String commands, Set<String> reads) {
        return new Use(reads, Set.of(Topics.CHECKOUT_REPLIES), Set.of(commands));
    }

    @Override
    public List<String> faults(Manifests manifests) {
        var users = manifests.all(KafkaUser.class).stream()
                .collect(Collectors.toMap(it -> it.getMetadata().getName(), Users::rights));
        if (users.isEmpty()) {
            return List.of(); // where nobody is asked who he is; see Production
        }
        return USES.entrySet().stream()
                .filter(it -> !rights(it).equals(users.get(it.getKey())))
                .map(it -> it.getKey() + " may " + users.get(it.getKey()) + " but needs " + rights(it))
                .toList();
    }

    private static Map<String, Set<String>> rights(Map.Entry<String, Use> use) {
        return use.getValue().rights(use.getKey());
    }

    private static Map<String, Set<String>> rights(KafkaUser user) {
        return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization())
                .getAcls().stream()
                        .collect(Collectors.toMap(
                                Users::resource,
                                it -> it.getOperations().stream()
                                        .map(StrimziAclOperation::name)
                                        .collect(Collectors.toSet())));
    }

    private static String resource(AclRule rule) {
        return switch (rule.getResource()) {
            case AclRuleTopicResource topic -> "topic " + topic.getName();
            case AclRuleGroupResource group -> "group " + group.getName();
            default -> String.valueOf(rule.getResource());
        };
    }
}
