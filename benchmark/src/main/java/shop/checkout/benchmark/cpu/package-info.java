/** What processes and the machine spend processor time on, by the kernel's own account. */
@NullMarked
package shop.checkout.benchmark.cpu;

import org.jspecify.annotations.NullMarked;
