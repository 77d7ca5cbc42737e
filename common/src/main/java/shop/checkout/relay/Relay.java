package shop.checkout.relay;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import shop.checkout.lease.Lease;
import shop.checkout.lease.LeaseKeeper;
import shop.checkout.trace.Traces;

/**
 * Publishes a service's outbox to Kafka, on one replica at a time.
 *
 * <p>Every row that is committed is published at least once; rows of one topic and record key arrive in the order of their commits, save
 * for repetitions, which begin at an earlier row and run through to the end in the same order. A rolled back row is never published. What
 * Kafka or PostgreSQL do meanwhile, fail, hang or restart, costs time only: nothing is skipped and the memory in use is bounded.
 *
 * <p>Every record carries the token of the lease it was published under, so that consumers can refuse what a leader that was
 * cut off still sends after its successor began.
 */
public final class Relay implements AutoCloseable {

    private static final Duration STATUS_LIMIT = Duration.ofSeconds(5);

    private final RelaySettings settings;
    private final Database database;
    private final RelayMetrics metrics;
    private final Traces traces;
    private final Observer observer;
    private final Setbacks setbacks = new Setbacks();
    private final LeaseKeeper keeper;

    /** @param clock for the lag that is measured, never for order or expiry */
    public Relay(RelaySettings settings, MeterRegistry registry, Clock clock, Traces traces) {
        this.settings = settings;
        this.database = new Database(settings);
        this.metrics = new RelayMetrics(registry, settings.slot(), clock);
        this.traces = traces;
        this.observer = new Observer(database, settings.slot(), metrics);
        this.keeper = new LeaseKeeper(
                database.dataSource("lease"),
                settings.slot(),
                settings.source() + " pid " + ProcessHandle.current().pid(),
                settings.tuning().lease(),
                this::begin);
    }

    private LeaseKeeper.Term begin(Lease lease) {
        var term = new RelayTerm(settings, database, metrics, traces, setbacks, lease);
        term.start();
        return term;
    }

    /**
     * Begins to wait for the lease and to publish while it is held; returns at once. The tables must exist. Neither Kafka nor
     * PostgreSQL need be there: they are waited for.
     */
    public void start() {
        keeper.start();
        observer.start();
    }

    /** Ends publishing and hands the lease over. Returns within seconds and leaves no thread behind; harmless if repeated. */
    public void stop() {
        keeper.close();
        observer.close();
        metrics.close();
    }

    /**
     * Hands over to another replica, as before maintenance. This one publishes again if no other does within a second.
     *
     * @return false when this replica does not publish, and so nothing happens
     */
    public boolean stepDown() {
        return keeper.stepDown();
    }

    /**
     * Asks the database how publishing stands.
     *
     * @throws IllegalStateException when it does not answer
     */
    public RelayStatus status() {
        try (var connection = database.connect("relay status", STATUS_LIMIT)) {
            return Observation.read(connection, settings.slot(), leadingToken() > 0);
        } catch (SQLException e) {
            throw new IllegalStateException("the state of relay " + settings.slot() + " cannot be read", e);
        }
    }

    /** The fencing token while this replica publishes, otherwise 0. A replica that waits for its turn is as healthy as one that publishes. */
    public long leadingToken() {
        return metrics.token();
    }

    @Override
    public void close() {
        stop();
    }
}
