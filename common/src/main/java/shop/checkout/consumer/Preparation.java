package shop.checkout.consumer;

/**
 * Work to be done once when the service starts: its tables and topics are there, and nothing is received or sent yet. Every bean
 * of this type is run, by every replica; what it throws ends the start. So no bean needs the database to be made.
 */
public record Preparation(String name, Runnable work) {}
