package shop.checkout.orchestrator.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shop.checkout.orchestrator.simulation.Work.Side;

/**
 * Publishes a database's outbox: one replica at a time under a lease with a fencing token, from the confirmed position on. A
 * leader that is stopped past its lease may go on with what it had in hand.
 */
final class Relay {

    private static final int BATCH = 64;
    private static final long LEASE = 5_000;

    private final World world;
    private final Service service;
    private int token;
    private int confirmed;
    private @Nullable Term leader;

    Relay(World world, Service service) {
        this.world = world;
        this.service = service;
    }

    /** A row was written. */
    void wake() {
        if (leader != null) {
            leader.wake();
        }
    }

    /** Whoever leads is not there for the moment; if it does not come back in time, somebody else leads. */
    void lost(Replica replica) {
        if (leader != null && leader.replica == replica) {
            world.time().after(LEASE + world.chance().between(0, 1_000), this::replaceLostLeader);
        }
    }

    private void replaceLostLeader() {
        if (leader == null || leader.isLost()) {
            service.anyReplica(this::takeOver);
        }
    }

    /** What the database's log has lost of its reader's position is published again. */
    void loseSlot() {
        world.reached(Reached.SLOT_LOST);
        confirmed = world.chance().index(confirmed + 1);
        service.anyReplica(this::takeOver);
    }

    void takeOver(Replica replica) {
        if (token > 0) {
            world.reached(Reached.NEW_LEADER);
        }
        token++;
        if (world.isTraced()) {
            world.note(replica + " leads the relay with token " + token);
        }
        leader = new Term(replica, token, confirmed);
        leader.wake();
    }

    private final class Term {
        private final Replica replica;
        private final int incarnation;
        private final int termToken;
        private int read;
        private boolean busy;

        private Term(Replica replica, int termToken, int read) {
            this.replica = replica;
            this.incarnation = replica.incarnation();
            this.termToken = termToken;
            this.read = read;
        }

        private boolean isLost() {
            return replica.incarnation() != incarnation || !replica.isRunning();
        }

        private void wake() {
            if (!busy && read < service.database().log().size()) {
                busy = true;
                replica.after(world.faults().delay(3), this::publish);
            }
        }

        private void publish() {
            int end = Math.min(service.database().log().size(), read + BATCH);
            var batch = List.copyOf(service.database().log().subList(read, end));
            if (world.has(Mutant.CONFIRMED_BEFORE_PUBLISHED)) {
                confirmed = end;
            }
            replica.reaches(Work.PUBLISHING, Side.BEFORE, () -> send(batch, end));
        }

        private void send(List<OutboxRow> batch, int end) {
            if (batch.size() > 1 && world.faults().tearsBatch()) {
                int part = 1 + world.chance().index(batch.size() - 1);
                append(batch.subList(0, part));
                replica.after(
                        world.faults().delay(50),
                        () -> replica.reaches(
                                Work.PUBLISHING, Side.BEFORE, () -> send(batch.subList(part, batch.size()), end)));
            } else {
                append(batch);
                replica.reaches(Work.PUBLISHING, Side.AFTER, () -> confirm(end));
            }
        }

        private void append(List<OutboxRow> rows) {
            for (var row : rows) {
                world.judge().published(row);
                if (world.isTraced()) {
                    world.note(row.saga(), row + " goes to " + row.topic() + ", token " + termToken);
                }
                row.topic().append(row, termToken);
            }
        }

        /** Only the leader of the day may confirm. */
        private void confirm(int end) {
            if (token != termToken && !world.has(Mutant.CONFIRMED_WITHOUT_LEASE)) {
                world.reached(Reached.STALE_LEADER_STEPPED_DOWN);
                return;
            }
            confirmed = end;
            read = end;
            busy = false;
            wake();
        }
    }
}
