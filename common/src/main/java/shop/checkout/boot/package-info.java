/** Wires the packages of this module into a Spring Boot service. */
@NullMarked
package shop.checkout.boot;

import org.jspecify.annotations.NullMarked;
