package shop.checkout.participant;

import java.util.List;
import shop.checkout.codec.Received;

/**
 * Where the handlers of a batch work: all that the batch needs is loaded once, changed in memory, and written back once, so
 * that a thousand commands cost a handful of round trips, and later commands of a batch see what earlier ones did.
 *
 * @param <W> the state in memory; used by one thread
 */
public interface Workspaces<W> {

    /** Loads and locks, in key order, what these messages are about. */
    W open(List<Received<?>> messages);

    /** Writes what the handlers changed. */
    void save(W workspace);
}
