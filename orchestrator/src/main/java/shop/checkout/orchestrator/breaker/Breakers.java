package shop.checkout.orchestrator.breaker;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

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
    private volatile Set<String> silent = Set.of();

    public Breakers(JdbcTemplate jdbc, TransactionTemplate transaction, BreakerSettings settings) {
        this.table = new BreakerTable(jdbc);
        this.transaction = transaction;
        this.settings = settings;
        this.evidence = new Evidence(settings);
    }

    /** The participants that are to be sent nothing, except what is {@linkplain #tend released}; a moment old. */
    public Set<String> silent() {
        return silent;
    }

    /** Takes note, in the current transaction, of participants that have answered: each as often as it did. */
    public void answered(Collection<String> participants) {
        evidence.answered(participants);
        var awaited = silent;
        if (!awaited.isEmpty()) {
            participants.stream().distinct().filter(awaited::contains).sorted().forEach(this::answered);
        }
    }

    /** Takes note of deadlines that passed without an answer. */
    public void silent(Collection<String> participants) {
        evidence.silent(participants);
    }

    /**
     * Opens the breakers of those that have been silent too often, and moves on all that are not closed. One replica at a
     * time does so for each.
     *
     * @param release within a transaction: lets up to so many sagas of a participant go on, and returns how many it did
     */
    public void tend(Release release) {
        evidence.takeSilent().forEach(it -> transaction.executeWithoutResult(status -> open(it)));
        var open = table.participants();
        silent = Set.copyOf(open);
        open.forEach(it -> transaction.executeWithoutResult(status -> tend(it, most -> release.of(it, most))));
    }

    /** Lets sagas go on that were held back. */
    @FunctionalInterface
    public interface Release {
        int of(String participant, int most);
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

    private void answered(String participant) {
        table.lock(participant).ifPresent(row -> {
            var after = row.breaker().answered(row.now());
            if (!after.equals(row.breaker())) {
                log.info("{} answers again: sagas that were held back go on", participant);
                table.write(after);
            }
        });
    }

    private void tend(String participant, IntUnaryOperator release) {
        table.lockIfFree(participant).ifPresent(row -> {
            var breaker = row.breaker().at(row.now(), settings);
            int allowed = (int) Math.min(breaker.allowance(row.now(), settings), MOST_AT_ONCE);
            int released = allowed > 0 ? release.applyAsInt(allowed) : 0;
            if (released < allowed) {
                log.info("{} is sent to as usual: nothing is held back any more", participant);
                table.delete(participant);
            } else if (released > 0 || !breaker.equals(row.breaker())) {
                table.write(breaker.released(released));
            }
        });
    }
}
