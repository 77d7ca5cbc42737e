package shop.checkout.orchestrator.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.Move;
import shop.checkout.orchestrator.saga.Mover;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.Verdict;
import shop.checkout.orchestrator.simulation.SagaRows.Row;
import shop.checkout.orchestrator.simulation.Topic.Published;

/** What the engine does with the production machine: loads sagas, tells them the news, stores them with their messages. */
final class Orchestrator<S> {

    /** How long a client waits for an answer. */
    private static final long PATIENCE = 2_000;

    private final World world;
    private final Service service;
    private final SagaUnderTest<S> kind;
    private final Mover<S> machine;
    private final List<Topic> commands;
    private final Topic events;
    private final List<SagaId> ids = new ArrayList<>();
    private final SagaRows<S> sagas;
    private final Sweep<Integer> timers;
    private final Breakers breakers;
    private IntConsumer onAttention = _ -> {};

    /** @param commands the topic of each step, in the order of the plan */
    Orchestrator(World world, Service service, SagaUnderTest<S> kind, List<Topic> commands, Topic events) {
        this.world = world;
        this.service = service;
        this.kind = kind;
        this.machine =
                world.mutant().flatMap(it -> it.machine(kind.definition())).orElse(kind.machine()::on);
        this.commands = commands;
        this.events = events;
        this.sagas = new SagaRows<>(kind);
        this.timers = new Sweep<>(world, service, sagas.table(), Row::wakeAt, this::wake);
        this.breakers = new Breakers(world, new HeldSagas());
    }

    /** Begins one more saga, on behalf of a client that asks again until it is answered. */
    int start() {
        int saga = ids.size();
        ids.add(new SagaId(world.chance().uuid()));
        start(saga);
        return saga;
    }

    private void start(int saga) {
        if (!sagas.contains(saga)) {
            service.anyReplica(
                    replica -> service.transact(replica, Work.START, transaction -> insert(transaction, saga)));
            world.time().after(PATIENCE, () -> start(saga));
        }
    }

    private void insert(Transaction transaction, int saga) {
        if (sagas.find(transaction, saga) == null) {
            var born = kind.definition().born(ids.get(saga), kind.data());
            long seenFrom = world.time().now() + world.faults().unseen();
            write(transaction, saga, born, decide(born, new News.Started(world.instant())), seenFrom);
        }
    }

    /**
     * Tells a saga what somebody wants of it, on behalf of a client that asks again until it is answered.
     *
     * @param answered hears the verdict, once or, if an answer is lost, more often
     */
    void tell(int saga, Function<Instant, News> wish, Consumer<Verdict> answered) {
        new Wish(saga, wish, answered).utter();
    }

    /** Has somebody told of each saga that needs a person. */
    void onAttention(IntConsumer person) {
        onAttention = person;
    }

    /** The sagas, for people to look at. */
    SagaRows<S> sagas() {
        return sagas;
    }

    /** Sagas that wait for a participant that did not answer. */
    private final class HeldSagas implements Breakers.Release {
        @Override
        public boolean one(String participant) {
            var first = sagas.heldBy(participant).findFirst();
            first.ifPresent(saga -> release(saga, participant));
            return first.isPresent();
        }

        @Override
        public void all(String participant) {
            sagas.heldBy(participant).forEach(saga -> release(saga, participant));
        }

        private void release(int saga, String participant) {
            service.anyReplica(replica -> service.transact(replica, Work.RELEASE, transaction -> {
                var row = sagas.find(transaction, saga);
                if (row != null) {
                    var move = decide(row.saga(), new News.Released(world.instant(), participant));
                    write(transaction, saga, row.saga(), move, row.seenFrom());
                }
            }));
        }
    }

    private final class Wish {
        private final int saga;
        private final Function<Instant, News> wish;
        private final Consumer<Verdict> answered;
        private boolean isAnswered;

        private Wish(int saga, Function<Instant, News> wish, Consumer<Verdict> answered) {
            this.saga = saga;
            this.wish = wish;
            this.answered = answered;
        }

        private void utter() {
            if (!isAnswered) {
                service.anyReplica(replica -> service.transact(replica, Work.WISH, this::isHeard));
                world.time().after(PATIENCE, this::utter);
            }
        }

        private void isHeard(Transaction transaction) {
            var row = sagas.find(transaction, saga);
            if (row != null) {
                var move = decide(row.saga(), wish.apply(world.instant()));
                write(transaction, saga, row.saga(), move, row.seenFrom());
                transaction.witness(() -> answered.accept(move.verdict()));
                transaction.then(() -> isAnswered = true);
            }
        }
    }

    /** Tells sagas what participants have answered. */
    List<Published> handle(Transaction transaction, List<Published> batch) {
        var notYet = new ArrayList<Published>();
        for (var reply : batch) {
            int saga = reply.row().saga();
            var row = sagas.find(transaction, saga);
            if (row == null || row.seenFrom() > world.time().now()) {
                world.reached(Reached.SAGA_NOT_YET_SEEN);
                if (!world.has(Mutant.UNSEEN_SAGA_ACKNOWLEDGED)) {
                    notYet.add(reply);
                }
            } else {
                hear(transaction, saga, row, reply.row());
            }
        }
        return notYet;
    }

    private void hear(Transaction transaction, int saga, Row<S> row, OutboxRow reply) {
        transaction.witness(reply::handledOnceMore);
        var move = decide(row.saga(), new News.Replied(world.instant(), reply.key(), reply.body()));
        if (move.verdict() == Verdict.IGNORED) {
            transaction.witness(() -> world.reached(Reached.LATE_REPLY));
        } else {
            transaction.then(
                    () -> breakers.answered(kind.plan().participant(kind.plan().step(reply.key()))));
        }
        if (world.isTraced()) {
            transaction.witness(
                    () -> world.note(saga, transaction.replica() + " hears " + reply + ": " + move.verdict()));
        }
        write(transaction, saga, row.saga(), move, row.seenFrom());
    }

    private void wake(Replica replica, int saga) {
        service.transact(replica, Work.TIMER, transaction -> {
            var row = sagas.find(transaction, saga);
            if (row == null) {
                return;
            }
            var now = world.instant();
            transaction.then(() -> noteSilence(row.saga(), now));
            write(transaction, saga, row.saga(), decide(row.saga(), new News.TimeCame(now)), row.seenFrom());
        });
    }

    private void noteSilence(Saga<S> saga, Instant now) {
        for (var step : saga.steps()) {
            if (saga.waitsInVain(step.name(), now)) {
                breakers.waitedInVain(
                        kind.definition().participants(step.name()::equals).getFirst());
            }
        }
    }

    private void write(Transaction transaction, int saga, Saga<S> before, Move<S> move, long seenFrom) {
        sagas.write(transaction, saga, move.saga(), seenFrom);
        for (var command : move.commands()) {
            var topic = commands.get(kind.plan().step(command.key()));
            transaction.send(saga, command.key(), command.command(), command.send(), topic);
        }
        move.event().ifPresent(event -> transaction.send(saga, event.key(), event.event(), 1, events));
        transaction.witness(() -> stored(saga, before, move));
        if (world.isTraced()) {
            note(transaction, saga, standing(before), standing(move.saga()));
        }
        transaction.then(() -> timers.expect(saga));
    }

    private void stored(int saga, Saga<S> before, Move<S> move) {
        boolean isNews = world.judge().moved(saga, before, move, world.instant());
        if (isNews && move.saga().status() == SagaStatus.NEEDS_ATTENTION) {
            onAttention.accept(saga);
        }
    }

    private void note(Transaction transaction, int saga, String before, String after) {
        if (!before.equals(after)) {
            transaction.witness(() -> world.note(saga, transaction.replica() + " stores " + after));
        }
    }

    private Move<S> decide(Saga<S> saga, News news) {
        return machine.on(saga, news, breakers.silent());
    }

    private static String standing(Saga<?> saga) {
        return saga.steps().stream()
                .map(step -> step.name() + " " + step.phase())
                .collect(Collectors.joining(", ", saga.status() + ": ", ""));
    }
}
