/** The production sagas under every fault there is, in virtual time: twins of database, log and broker, and a judge. */
@NullMarked
package shop.checkout.orchestrator.simulation;

import org.jspecify.annotations.NullMarked;
