/** What this machine can do without the system: the same rows, messages and requests, by plain clients. */
@NullMarked
package shop.checkout.benchmark.limit;

import org.jspecify.annotations.NullMarked;
