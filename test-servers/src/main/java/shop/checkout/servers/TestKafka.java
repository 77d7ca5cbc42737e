package shop.checkout.servers;

/** A running Kafka of one node that makes no topic by accident. */
public record TestKafka(String bootstrapServers) {}
