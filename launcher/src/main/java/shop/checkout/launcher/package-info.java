/** The whole system on one machine by one command: PostgreSQL, Kafka, the sandbox and the four services, watched and stopped together. */
@NullMarked
package shop.checkout.launcher;

import org.jspecify.annotations.NullMarked;
