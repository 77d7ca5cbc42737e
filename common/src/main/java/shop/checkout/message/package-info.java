/** The vocabulary of every conversation between services: commands, compensations, replies, events and their keys. */
@NullMarked
package shop.checkout.message;

import org.jspecify.annotations.NullMarked;
