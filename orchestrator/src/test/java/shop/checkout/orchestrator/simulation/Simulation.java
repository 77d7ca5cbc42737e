package shop.checkout.orchestrator.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import shop.checkout.inbox.InboxEntry;
import shop.checkout.message.MessageKey;

/**
 * One run: some sagas of one kind, under faults at first (whatever happens then must be safe), then without (and then all
 * must end). The same seed gives the same run.
 */
final class Simulation {

    private static final int REPLICAS = 2;
    private static final long BOUND = 600_000;
    private static final long MOST_EVENTS = 2_000_000;

    private final World world;
    private final SagaUnderTest<?> kind;
    private final List<Service> services = new ArrayList<>();
    private final List<Participant> participants = new ArrayList<>();
    private final List<Topic> topics = new ArrayList<>();
    private final Orchestrator<?> orchestrator;

    private Simulation(SagaUnderTest<?> kind, World world) {
        this.kind = kind;
        this.world = world;
        var replies = topic("replies");
        var events = topic("events");
        var service = service("orchestrator");
        var commands = new ArrayList<Topic>();
        for (int step = 0; step < kind.plan().size(); step++) {
            commands.add(topic(kind.plan().name(step)));
            participant(step, commands.getLast(), replies, step == 0 ? Optional.of(events) : Optional.empty());
        }
        this.orchestrator = new Orchestrator<>(world, service, kind, commands, events);
        new Subscription(world, service, replies, Work.REPLIES, orchestrator::handle);
    }

    /**
     * Runs it.
     *
     * @throws Violation with what happened to the saga in question
     */
    static Counts run(SagaUnderTest<?> kind, long seed, Optional<Mutant> mutant) {
        try {
            return run(kind, seed, mutant, new Trace(false));
        } catch (Violation found) {
            throw retold(kind, seed, mutant, found);
        }
    }

    /** Runs it and returns what it finds. */
    static Optional<Violation> violation(SagaUnderTest<?> kind, long seed, Optional<Mutant> mutant) {
        try {
            run(kind, seed, mutant);
            return Optional.empty();
        } catch (Violation found) {
            return Optional.of(found);
        }
    }

    private static Violation retold(SagaUnderTest<?> kind, long seed, Optional<Mutant> mutant, Violation found) {
        var trace = new Trace(true);
        try {
            run(kind, seed, mutant, trace);
        } catch (Violation again) {
            return new Violation(
                    again,
                    "%nrun it again with -Dsimulation.seed=%d; %s, saga %d:%s"
                            .formatted(seed, kind.definition(), again.saga(), trace.of(again.saga())));
        }
        throw new IllegalStateException("seed " + seed + " does not do the same again", found);
    }

    private static Counts run(SagaUnderTest<?> kind, long seed, Optional<Mutant> mutant, Trace trace) {
        var time = new Scheduler();
        var chance = new Chance(seed);
        var counts = new Counts();
        var judge = new Judge(kind.plan(), counts);
        var world = new World(time, chance, new Faults(time, chance), judge, counts, trace, mutant);
        int sagas = (int) chance.between(20, 40);
        new Simulation(kind, world).run(sagas);
        counts.ran(sagas, time.handled());
        return counts;
    }

    private void run(int sagas) {
        services.forEach(service -> service.anyReplica(service.relay()::takeOver));
        kind.plan().undoable().forEach(world.counts()::undoable);
        new People(world, orchestrator, participants, kind.plan()).start(sagas);
        new Incidents(world, services).begin();
        world.time().runUntil(world.faults().healsAt() + BOUND, MOST_EVENTS);
        world.judge().conclude(world.time().isIdle());
        for (var participant : participants) {
            world.judge().leavesNothing(participant.business().isIdle(), "an intent");
        }
        for (var service : services) {
            service.subscriptions()
                    .forEach(it -> world.judge().leavesNothing(it.parking().isEmpty(), "a parked message"));
        }
    }

    private Topic topic(String name) {
        var topic = new Topic(name, topics.size());
        topics.add(topic);
        return topic;
    }

    private Service service(String name) {
        var service = new Service(world, services.size(), name, REPLICAS);
        services.add(service);
        return service;
    }

    private void participant(int step, Topic commands, Topic replies, Optional<Topic> events) {
        var service = service(commands + " service");
        var inbox = new Table<MessageKey, InboxEntry>();
        var answers = new Answers(world, kind, step);
        var business = world.chance().hits(0.5)
                ? new LocalBusiness(world, answers)
                : new RemoteBusiness(world, service, replies, inbox, answers, new VirtualClock(world.time()));
        var participant = new Participant(world, replies, inbox, business);
        participants.add(participant);
        new Subscription(world, service, commands, Work.COMMANDS, participant::handle);
        events.ifPresent(topic -> new Subscription(world, service, topic, Work.EVENTS, participant::handle));
    }

    /** The scheduler's time, for code that wants a clock. */
    private static final class VirtualClock extends Clock {
        private final Scheduler time;

        private VirtualClock(Scheduler time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.now());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
