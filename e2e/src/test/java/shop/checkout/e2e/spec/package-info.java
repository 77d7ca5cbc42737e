/** The protocols' specifications in docs/spec, checked by TLC: what must hold holds, and what must break without a rule breaks. */
@NullMarked
package shop.checkout.e2e.spec;

import org.jspecify.annotations.NullMarked;
