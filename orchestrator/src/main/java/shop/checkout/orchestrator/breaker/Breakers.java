package shop.checkout.orchestrator.breaker;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.orchestrator.breaker.Breaker.State;

/**
 * The breakers of all participants. Each replica counts what it sees; a breaker that opens is a row that all of them heed.
 * Thread-safe.
 */
public final class Breakers {

    private static final Logger log = LoggerFactory.getLogger(Breakers.class);

    private static final int MOST_AT_ONCE = 500;

    private final BreakerTable table;
    private final TransactionTemplate transaction;
    private final BreakerSettings settings;
    private final Evidence evidence;
    private volatile Map<String, State> notClosed = Map.of();

    public Breakers(JdbcTemplate jdbc, TransactionTemplate transaction, BreakerSettings settings) {
        this.table = new BreakerTable(jdbc);
        this.transaction = transaction;
        this.settings = settings;
        this.evidence = new Evidence(settings);
    }

    /** The sagas that are held back. */
    public interface Held {

        /** Within a transaction: lets up to so many of a participant's go on, the oldest first, and returns how many it did. */
        int release(String participant, int most);

        /** Whether none is held back because of the participant. */
        boolean isNone(String participant);
    }

    /** The participants that are to be sent nothing, except by those that {@link #tend} lets go on; a moment old. */
    public Set<String> heldBack() {
        return notClosed.keySet();
    }

    /** Takes note, in the current transaction, of participants that have answered: each as often as it did. */
    public void noteAnswers(Collection<String> participants) {
        evidence.answered(participants);
        var probing = notClosed;
        participants.stream()
                .distinct()
                .filter(it -> probing.get(it) != null)
                .sorted()
                .forEach(this::probeAnswered);
    }

    /**
     * Takes note of deadlines that passed without an answer. While a breaker lets nobody or one through, silence says no more
     * than is known.
     */
    public void noteSilence(Collection<String> participants) {
        var states = notClosed;
        evidence.silent(participants.stream()
                .filter(it -> states.getOrDefault(it, State.DRAINING) == State.DRAINING)
                .toList());
    }

    /**
     * Opens the breakers of those that have been silent too often, and moves on all that are not closed. One replica at a
     * time does so for each; trouble with one is no other's.
     */
    public void tend(Held held) {
        evidence.takeSilent().forEach(it -> transaction.executeWithoutResult(status -> open(it)));
        var before = notClosed;
        notClosed = table.states();
        evidence.forget(notClosed.keySet().stream()
                .filter(it -> !before.containsKey(it))
                .toList());
        notClosed.keySet().forEach(it -> tendSafely(it, held));
    }

    private void tendSafely(String participant, Held held) {
        try {
            transaction.executeWithoutResult(status -> tend(participant, held));
        } catch (RuntimeException e) {
            log.warn("The breaker of {} cannot be tended and will be again: {}", participant, e.toString());
        }
    }

    private void open(String participant) {
        var row = table.lock(participant);
        var before = row.map(BreakerTable.Row::breaker);
        var after = row.map(it -> it.breaker().silent(it.now(), settings))
                .orElseGet(() -> Breaker.opened(participant, 1, table.now(), settings));
        if (!before.equals(Optional.of(after))) {
            log.warn("{} does not answer: nothing is sent to it until {}", participant, after.until());
            table.write(after);
        }
    }

    private void probeAnswered(String participant) {
        table.lockProbing(participant).ifPresent(row -> {
            log.info("{} answers again: sagas that were held back go on", participant);
            table.write(row.breaker().answered(row.now()));
        });
    }

    private void tend(String participant, Held held) {
        table.lockIfFree(participant).ifPresent(row -> {
            var breaker = row.breaker().at(row.now(), settings);
            int allowed = (int) Math.min(breaker.allowance(row.now(), settings), MOST_AT_ONCE);
            int released = allowed > 0 ? held.release(participant, allowed) : 0;
            if (released < allowed && held.isNone(participant)) {
                log.info("{} is sent to as usual: nothing is held back any more", participant);
                table.delete(participant);
            } else if (released > 0 || !breaker.equals(row.breaker())) {
                table.write(breaker.released(released));
            }
        });
    }
}
