package shop.checkout.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that cannot be handled at this moment, through no fault of its own. It is kept and tried again in a moment. */
public record NotYet(ConsumerRecord<String, byte[]> kafkaRecord, String reason) {}
