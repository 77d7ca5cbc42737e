/** A real PostgreSQL and a real Kafka on this machine, without Docker, for the launcher and for integration tests. */
@NullMarked
package shop.checkout.embedded;

import org.jspecify.annotations.NullMarked;
