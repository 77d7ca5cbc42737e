package shop.checkout.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import shop.checkout.orchestrator.simulation.Work.Side;

/** A service: its replicas, and the database and relay that they share. */
final class Service {

    private final World world;
    private final String name;
    private final List<Replica> replicas;
    private final Database database;
    private final Relay relay;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Sweep<?>> sweeps = new ArrayList<>();

    Service(World world, int number, String name, int size) {
        this.world = world;
        this.name = name;
        this.replicas = IntStream.rangeClosed(1, size)
                .mapToObj(i -> new Replica(world, name + " " + i, this::lost))
                .toList();
        this.database = new Database(world, number);
        this.relay = new Relay(world, this);
        database.onAppend(relay::wake);
    }

    Database database() {
        return database;
    }

    Relay relay() {
        return relay;
    }

    List<Replica> replicas() {
        return replicas;
    }

    void reads(Subscription subscription) {
        subscriptions.add(subscription);
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    void sweeps(Sweep<?> sweep) {
        sweeps.add(sweep);
    }

    /** Some replica that is running now. */
    Optional<Replica> anyRunning() {
        int first = world.chance().index(replicas.size());
        for (int i = 0; i < replicas.size(); i++) {
            var replica = replicas.get((first + i) % replicas.size());
            if (replica.isRunning()) {
                return Optional.of(replica);
            }
        }
        return Optional.empty();
    }

    /** Has one of the replicas do it, as soon as one is running. */
    void anyReplica(Consumer<Replica> action) {
        anyRunning().ifPresentOrElse(action, () -> world.time().after(500, () -> anyReplica(action)));
    }

    /** Begins a transaction now, commits it a moment later and, if it met a conflict, begins again. */
    void transact(Replica replica, Work work, Consumer<Transaction> body) {
        var transaction = database.begin(replica);
        body.accept(transaction);
        replica.after(
                world.faults().delay(6),
                () -> replica.reaches(work, Side.BEFORE, () -> commit(replica, work, body, transaction)));
    }

    private void commit(Replica replica, Work work, Consumer<Transaction> body, Transaction transaction) {
        if (transaction.commit()) {
            replica.reaches(work, Side.AFTER, transaction::follow);
        } else {
            world.reached(Reached.CONFLICT);
            replica.after(world.chance().between(1, 20), () -> transact(replica, work, body));
        }
    }

    private void lost(Replica replica) {
        relay.lost(replica);
        subscriptions.forEach(it -> it.lost(replica));
        sweeps.forEach(Sweep::lookAgain);
    }

    @Override
    public String toString() {
        return name;
    }
}
