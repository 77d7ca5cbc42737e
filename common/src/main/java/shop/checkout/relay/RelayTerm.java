package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shop.checkout.lease.Lease;
import shop.checkout.lease.LeaseKeeper;
import shop.checkout.trace.Traces;

/**
 * What a relay does under one lease: takes the slot over and publishes, until something fails.
 *
 * <p>A term is one run of the engine with one producer and one token. Were a second run to follow under the same token, what the first
 * producer still has under way could arrive after the second one's records, and consumers could not tell.
 */
final class RelayTerm implements LeaseKeeper.Term {

    private static final Logger LOG = LoggerFactory.getLogger(RelayTerm.class);
    private static final Duration END_LIMIT = Duration.ofMillis(2_500);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final Duration CALL_GRACE = Duration.ofMillis(700);

    private final RelaySettings settings;
    private final Database database;
    private final RelayMetrics metrics;
    private final Traces traces;
    private final Setbacks setbacks;
    private final Lease lease;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;
    private boolean progressed;
    private volatile @Nullable OutboxEngine running;
    private volatile @Nullable Connection connected;

    RelayTerm(
            RelaySettings settings,
            Database database,
            RelayMetrics metrics,
            Traces traces,
            Setbacks setbacks,
            Lease lease) {
        this.settings = settings;
        this.database = database;
        this.metrics = metrics;
        this.traces = traces;
        this.setbacks = setbacks;
        this.lease = lease;
        this.thread = Thread.ofPlatform().name("relay-lead").daemon().unstarted(this::lead);
    }

    void start() {
        thread.start();
    }

    @Override
    public void end() {
        ending.countDown();
        Thread.ofVirtual().start(this::endHangingCall);
        try {
            var engine = running;
            if (engine != null) {
                engine.close(END_LIMIT);
            } else {
                thread.interrupt(); // still taking over
            }
            if (!thread.join(END_LIMIT)) {
                LOG.atError().addKeyValue("slot", settings.slot()).log("the relay's engine does not end");
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** JDBC calls cannot be interrupted. */
    private void endHangingCall() {
        try {
            var connection = connected;
            if (!thread.join(CALL_GRACE) && connection != null) {
                connection.abort(Runnable::run);
            }
        } catch (InterruptedException | SQLException e) {
            LOG.debug("connection not aborted", e);
        }
    }

    private void lead() {
        try {
            var failure = publish();
            if (mayGoOn()) {
                failed(failure);
            }
        } catch (SteppedDown e) {
            lease.outrankedBy(e.newerToken());
            LOG.atWarn()
                    .addKeyValue("slot", settings.slot())
                    .addKeyValue("token", lease.token())
                    .log("stepped down: {}", e.getMessage());
        } catch (InterruptedException _) {
            LOG.debug("relay {} ends", settings.slot());
        } finally {
            metrics.stepsDown();
        }
    }

    /** What is in doubt now carries this term's token, so the next attempt needs another: it is a term of its own, here or elsewhere. */
    private void failed(String reason) {
        metrics.failed();
        var pause = setbacks.next(progressed);
        lease.giveUp(pause);
        LOG.atWarn()
                .addKeyValue("slot", settings.slot())
                .addKeyValue("token", lease.token())
                .log("publishing failed, again in {} ms unless another replica does: {}", pause.toMillis(), reason);
    }

    /** Publishes until something fails or the term ends, and returns the reason. */
    private String publish() throws InterruptedException {
        try (var connection = database.connect("relay", CALL_LIMIT);
                var kafka = new KafkaPublisher(settings, lease)) {
            connected = connection;
            return publish(connection, kafka);
        } catch (SteppedDown e) {
            throw e;
        } catch (SQLException | RuntimeException e) { // the edge that retries
            return reason(e);
        }
    }

    private String publish(Connection connection, KafkaPublisher kafka) throws SQLException, InterruptedException {
        var position = new Position(connection, settings.slot(), lease.token());
        var writer = new RecordWriter(settings.source(), lease.token());
        var publishing = new Publishing(kafka, writer, position, metrics, traces, settings.tuning());
        var republication = new Republication(connection, settings.tuning().batchRows(), this::mayGoOn);
        new Takeover(settings.slot(), connection, position, republication, metrics).run(publishing::publish);
        metrics.leads(lease.token());
        var failure = run(new OutboxEngine(settings, database, publishing));
        progressed = publishing.hasProgressed();
        return failure.map(RelayTerm::reason).orElse("the engine ended");
    }

    private Optional<Throwable> run(OutboxEngine engine) {
        running = engine;
        try {
            if (!mayGoOn()) {
                return Optional.empty();
            }
            var failure = engine.run();
            var steppedDown = failure.flatMap(RelayTerm::steppedDown);
            if (steppedDown.isPresent()) {
                throw steppedDown.get();
            }
            return failure;
        } finally {
            running = null;
        }
    }

    private boolean mayGoOn() {
        return ending.getCount() > 0 && lease.held();
    }

    private static Optional<SteppedDown> steppedDown(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SteppedDown steppedDown) {
                return Optional.of(steppedDown);
            }
        }
        return Optional.empty();
    }

    /** Debezium's own exceptions only say that there was one. */
    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
