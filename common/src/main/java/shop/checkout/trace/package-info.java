/** What is done for a request, told to a collector as spans of its trace; nothing while there is none. */
@NullMarked
package shop.checkout.trace;

import org.jspecify.annotations.NullMarked;
