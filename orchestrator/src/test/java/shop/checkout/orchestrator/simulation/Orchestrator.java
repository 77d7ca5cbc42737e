package shop.checkout.orchestrator.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.Move;
import shop.checkout.orchestrator.saga.Mover;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.Verdict;
import shop.checkout.orchestrator.simulation.Topic.Published;

/** What the engine does with the production machine: loads sagas, tells them the news, stores them with their messages. */
final class Orchestrator<S> {

    /**
     * A saga as it is stored.
     *
     * @param seenFrom when other sessions see it for the first time
     */
    private record Row<S>(Saga<S> saga, long seenFrom, long wakeAt) {
        private static <S> Row<S> of(Saga<S> saga, long seenFrom) {
            var at = saga.wakeAt();
            return new Row<>(saga, seenFrom, at.isPresent() ? at.get().toEpochMilli() : Sweep.NEVER);
        }
    }

    /** How long a client waits for an answer. */
    private static final long PATIENCE = 2_000;

    private final World world;
    private final Service service;
    private final SagaUnderTest<S> kind;
    private final Mover<S> machine;
    private final List<Topic> commands;
    private final Topic events;
    private final List<SagaId> ids = new ArrayList<>();
    private final Table<Integer, Row<S>> sagas = new Table<>();
    private final Sweep<Integer> timers;

    /** @param commands the topic of each step, in the order of the plan */
    Orchestrator(World world, Service service, SagaUnderTest<S> kind, List<Topic> commands, Topic events) {
        this.world = world;
        this.service = service;
        this.kind = kind;
        this.machine =
                world.mutant().flatMap(it -> it.machine(kind.definition())).orElse(kind.machine()::on);
        this.commands = commands;
        this.events = events;
        this.timers = new Sweep<>(world, service, sagas, Row::wakeAt, this::wake);
    }

    /** Begins one more saga, on behalf of a client that asks again until it is answered. */
    int start() {
        int saga = ids.size();
        ids.add(new SagaId(world.chance().uuid()));
        start(saga);
        return saga;
    }

    private void start(int saga) {
        if (sagas.committed(saga) == null) {
            service.anyReplica(
                    replica -> service.transact(replica, Work.START, transaction -> insert(transaction, saga)));
            world.time().after(PATIENCE, () -> start(saga));
        }
    }

    private void insert(Transaction transaction, int saga) {
        if (transaction.get(sagas, saga) == null) {
            var born = kind.definition().born(ids.get(saga), kind.data());
            long seenFrom = world.time().now() + world.faults().unseen();
            write(transaction, saga, born, decide(born, new News.Started(now())), seenFrom);
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
            var row = transaction.get(sagas, saga);
            if (row != null) {
                var move = decide(row.saga, wish.apply(now()));
                write(transaction, saga, row.saga, move, row.seenFrom);
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
            var row = transaction.get(sagas, saga);
            if (row == null || row.seenFrom > world.time().now()) {
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
        var move = decide(row.saga, new News.Replied(now(), reply.key(), reply.body()));
        if (move.verdict() == Verdict.IGNORED) {
            transaction.witness(() -> world.reached(Reached.LATE_REPLY));
        }
        if (world.isTraced()) {
            transaction.witness(
                    () -> world.note(saga, transaction.replica() + " hears " + reply + ": " + move.verdict()));
        }
        write(transaction, saga, row.saga, move, row.seenFrom);
    }

    private void wake(Replica replica, int saga) {
        service.transact(replica, Work.TIMER, transaction -> {
            var row = transaction.get(sagas, saga);
            if (row == null) {
                return;
            }
            var move = decide(row.saga, new News.TimeCame(now()));
            if (move.verdict() == Verdict.NOTHING_DUE) {
                world.reached(Reached.LOOKED_TOO_EARLY);
                transaction.then(() -> timers.expect(saga));
            } else {
                if (row.saga.rejection().isEmpty() && move.saga().rejection().isPresent()) {
                    transaction.witness(() -> world.reached(Reached.GIVEN_UP));
                }
                write(transaction, saga, row.saga, move, row.seenFrom);
            }
        });
    }

    private void write(Transaction transaction, int saga, Saga<S> before, Move<S> move, long seenFrom) {
        transaction.put(sagas, saga, Row.of(move.saga(), seenFrom));
        for (var command : move.commands()) {
            var topic = commands.get(kind.plan().step(command.key()));
            transaction.send(saga, command.key(), command.command(), command.send(), topic);
        }
        move.event().ifPresent(event -> transaction.send(saga, event.key(), event.event(), 1, events));
        transaction.witness(() -> world.judge().moved(saga, before, move.saga(), now()));
        if (world.isTraced()) {
            note(transaction, saga, standing(before), standing(move.saga()));
        }
        transaction.then(() -> timers.expect(saga));
    }

    private void note(Transaction transaction, int saga, String before, String after) {
        if (!before.equals(after)) {
            transaction.witness(() -> world.note(saga, transaction.replica() + " stores " + after));
        }
    }

    private Move<S> decide(Saga<S> saga, News news) {
        return machine.on(saga, news, Set.of());
    }

    private Instant now() {
        return Instant.ofEpochMilli(world.time().now());
    }

    private static String standing(Saga<?> saga) {
        return saga.steps().stream()
                .map(step -> step.name() + " " + step.phase())
                .collect(Collectors.joining(", ", saga.status() + ": ", ""));
    }
}
