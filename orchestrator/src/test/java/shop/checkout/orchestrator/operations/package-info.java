@NullMarked
package shop.checkout.orchestrator.operations;

import org.jspecify.annotations.NullMarked;
