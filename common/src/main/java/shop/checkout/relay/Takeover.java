package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a new leader does before it reads the log: shuts out its predecessor, and makes sure that the slot still knows everything
 * that is not published.
 */
final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final String name;
    private final Slot slot;
    private final Position position;
    private final Republication republication;
    private final RelayMetrics metrics;

    Takeover(String name, Connection connection, Position position, Republication republication, RelayMetrics metrics) {
        this.name = name;
        this.slot = new Slot(connection, name);
        this.position = position;
        this.republication = republication;
        this.metrics = metrics;
    }

    /**
     * First the position, so that the predecessor cannot confirm any more; then its connection; only then is the slot's position
     * settled and can be compared.
     */
    void run(Republication.Sink sink) throws SQLException, InterruptedException {
        var stored = position.claim();
        slot.endOtherReader();
        var found = slot.find();
        if (stored.isEmpty()) {
            LOG.atInfo().addKeyValue("slot", name).log("first start, the outbox is published from its beginning");
            publishRetained(found, Optional.empty(), sink);
            return;
        }
        var loss = loss(stored.get(), found);
        if (loss.isPresent()) {
            metrics.slotLost();
            LOG.atError()
                    .addKeyValue("slot", name)
                    .addKeyValue("published", stored.get().lsn().asString())
                    .log("ALARM: {}; outbox rows not known to be published are published again", loss.get());
            publishRetained(
                    found,
                    stored.get().published().filter(published -> stored.get().here()),
                    sink);
        }
    }

    /** The slot's position is confirmed only after the row is written, so a slot ahead of the row is not the one that we confirmed. */
    private static Optional<String> loss(Position.Stored stored, Optional<Slot.State> found) {
        if (!stored.here()) {
            return Optional.of("the database was restored in another PostgreSQL");
        }
        if (found.isEmpty()) {
            return Optional.of("the replication slot is gone");
        }
        var slot = found.get();
        if (!slot.usable()) {
            return Optional.of("PostgreSQL has removed log that the replication slot still needs");
        }
        return slot.confirmed().compareTo(stored.lsn()) > 0
                ? Optional.of("the replication slot was made anew: it is at "
                        + slot.confirmed().asString())
                : Optional.empty();
    }

    /**
     * The slot comes first, so that nothing can fall between the table and the log. One that is there goes: whoever made it may have given
     * it another plugin, or none of the properties that survive a failover.
     */
    private void publishRetained(Optional<Slot.State> found, Optional<String> proven, Republication.Sink sink)
            throws SQLException, InterruptedException {
        if (found.isPresent()) {
            slot.drop();
        }
        var start = slot.make();
        var done = republication.run(proven, sink);
        position.begin(start, done);
        LOG.atInfo().addKeyValue("slot", name).addKeyValue("rows", done.rows()).log("published from the table");
    }
}
