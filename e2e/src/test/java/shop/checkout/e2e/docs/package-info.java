/** The documentation says nothing that is not so: what its pages name, there is. */
@NullMarked
package shop.checkout.e2e.docs;

import org.jspecify.annotations.NullMarked;
