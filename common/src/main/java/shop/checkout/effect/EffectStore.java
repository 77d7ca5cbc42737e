package shop.checkout.effect;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import shop.checkout.message.MessageKey;

/** Where a service keeps its effects. Joins the current transaction; any number of effects cost a few round trips. */
public interface EffectStore<T> {

    /** Those that there are. */
    List<Standing<T>> find(Collection<MessageKey> commands);

    /** Those that there are, locked in the order of their keys. */
    List<Standing<T>> lock(SortedSet<MessageKey> commands);

    /**
     * Writes changes to effects that were locked, and what happened to the ledger.
     *
     * @throws org.springframework.dao.ConcurrencyFailureException when a new one has been written by somebody else
     *     meanwhile: roll back and try again
     */
    void write(List<Change<T>> changes);
}
