/** Takes Kafka polls as batches: one transaction each, and a poison message costs only itself. */
@NullMarked
package shop.checkout.consumer;

import org.jspecify.annotations.NullMarked;
