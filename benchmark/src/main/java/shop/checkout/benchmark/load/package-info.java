/** Requests over HTTP in great numbers, by one thread, with honest latencies. */
@NullMarked
package shop.checkout.benchmark.load;

import org.jspecify.annotations.NullMarked;
