package shop.checkout.parking;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that waits for another try. */
public record ParkedMessage(ConsumerRecord<String, byte[]> kafkaRecord, int attempts) {}
