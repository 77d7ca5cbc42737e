/** How fast the whole system is on this machine, what each process costs, and what the machine could do. */
@NullMarked
package shop.checkout.benchmark;

import org.jspecify.annotations.NullMarked;
