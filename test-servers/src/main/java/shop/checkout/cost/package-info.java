/** What work costs a database, for tests that hold it to that: statements that are sent, pages that are looked at. */
@NullMarked
package shop.checkout.cost;

import org.jspecify.annotations.NullMarked;
