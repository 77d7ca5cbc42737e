/** An append-only file of lines that are on the disk before anyone is told about them. */
@NullMarked
package shop.checkout.sandbox.journal;

import org.jspecify.annotations.NullMarked;
