package shop.checkout.consumer;

/** Who reads a topic. Every bean of this type is given a Kafka listener. */
public record TopicSubscription(String topic, String groupId, BatchHandler handler) {}
