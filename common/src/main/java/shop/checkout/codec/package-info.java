/** Wire name and JSON to record and back; the headers of a Kafka record. */
@NullMarked
package shop.checkout.codec;

import org.jspecify.annotations.NullMarked;
