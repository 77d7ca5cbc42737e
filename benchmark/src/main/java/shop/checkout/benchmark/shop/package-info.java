/** The system that is measured: started, driven and audited from outside. */
@NullMarked
package shop.checkout.benchmark.shop;

import org.jspecify.annotations.NullMarked;
