/** What a saga is and how it moves: a pure function of what has happened, without clock, thread, chance or database. */
@NullMarked
package shop.checkout.orchestrator.saga;

import org.jspecify.annotations.NullMarked;
