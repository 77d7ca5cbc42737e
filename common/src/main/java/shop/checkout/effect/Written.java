package shop.checkout.effect;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shop.checkout.message.MessageKey;

/** How effects stand as the current transaction has written them, so that it need not read them again. Forgotten when it ends. */
final class Written<T> {

    void add(List<Change<T>> changes) {
        if (changes.isEmpty() || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return;
        }
        var standings = ofTransaction();
        if (standings == null) {
            var began = new OfTransaction();
            TransactionSynchronizationManager.registerSynchronization(began);
            began.resume();
            standings = began.standings;
        }
        for (var change : changes) {
            standings.put(change.after().command(), change.after());
        }
    }

    /** Those of the effects that it has written. */
    List<Standing<T>> find(Collection<MessageKey> commands) {
        var standings = ofTransaction();
        return standings == null
                ? List.of()
                : commands.stream().map(standings::get).filter(Objects::nonNull).toList();
    }

    @SuppressWarnings("unchecked") // only this object's are bound to it
    private @Nullable Map<MessageKey, Standing<T>> ofTransaction() {
        return (Map<MessageKey, Standing<T>>) TransactionSynchronizationManager.getResource(this);
    }

    private final class OfTransaction implements TransactionSynchronization {
        private final Map<MessageKey, Standing<T>> standings = new HashMap<>();

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(Written.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(Written.this, standings);
        }

        @Override
        public void beforeCompletion() {
            suspend();
        }
    }
}
