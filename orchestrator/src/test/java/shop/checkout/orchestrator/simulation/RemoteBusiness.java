package shop.checkout.orchestrator.simulation;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import shop.checkout.codec.Received;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.effect.EffectBatch;
import shop.checkout.effect.Effects;
import shop.checkout.effect.InvalidRequest;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Replies;
import shop.checkout.effect.Standing;
import shop.checkout.inbox.InboxEntry;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Superseded;
import shop.checkout.orchestrator.simulation.Work.Side;
import shop.checkout.participant.Answer;
import shop.checkout.time.Hlc;

/**
 * Business that lies in the outside world: an intent is noted in the transaction that notes the message, the call is made
 * after it, and its outcome is noted in another one. What to do next is decided by the production {@link Effects}.
 */
final class RemoteBusiness implements Participant.Business {

    private static final CounterpartTimes TIMES = new CounterpartTimes(Duration.ofDays(1), Duration.ofMinutes(1));
    private static final long CLAIM = 15_000;
    private static final int MAX_DOUBLINGS = 7;

    /**
     * A call that has to be made.
     *
     * @param dueAt when somebody else makes it
     */
    private record Intent(int attempts, long dueAt) {}

    private final World world;
    private final Service service;
    private final Topic replies;
    private final Table<MessageKey, InboxEntry> inbox;
    private final Effects<Integer, Object> effects;
    private final EffectTable table;
    private final Provider provider;
    private final Table<MessageKey, Intent> intents = new Table<>();
    private final Sweep<MessageKey> sweep;

    RemoteBusiness(
            World world,
            Service service,
            Topic replies,
            Table<MessageKey, InboxEntry> inbox,
            Answers answers,
            Clock clock) {
        this.world = world;
        this.service = service;
        this.replies = replies;
        this.inbox = inbox;
        this.table = new EffectTable(world);
        this.provider = new Provider(world, answers);
        this.effects = new Effects<>(table, provider, wordings(answers), TIMES, clock);
        this.sweep = new Sweep<>(world, service, intents, Intent::dueAt, this::claim);
    }

    @Override
    public Optional<Object> act(Transaction transaction, OutboxRow message) {
        var answer = table.within(transaction, () -> {
            var batch = effects.open(List.of(received(message)));
            var said = said(batch, message);
            effects.save(batch);
            return said;
        });
        return switch (answer) {
            case Answer.Now<?>(var reply) -> Optional.of(reply);
            case Answer.SupersededByUndo<?>() -> {
                transaction.witness(() -> world.reached(Reached.SUPERSEDED));
                yield Optional.of(new Superseded());
            }
            case Answer.NotYet<?>(var reason) -> throw new IllegalStateException(message + ": " + reason);
            case Answer.Later<?>() -> {
                take(transaction, message.key(), 0);
                yield Optional.empty();
            }
        };
    }

    private static Answer<?> said(EffectBatch<Integer, Object> batch, OutboxRow message) {
        return message.key().isUndo() ? batch.undo(message.key()) : batch.ask(message.saga(), message.key());
    }

    @Override
    public void askedAgain(Transaction transaction, MessageKey command) {
        var intent = transaction.get(intents, command);
        if (intent != null) {
            transaction.put(
                    intents, command, new Intent(intent.attempts, world.time().now()));
            transaction.then(() -> sweep.expect(command));
        }
    }

    @Override
    public boolean undoByHand(int saga, MessageKey command) {
        return provider.undoByHand(saga, command);
    }

    @Override
    public boolean isIdle() {
        return intents.keys().isEmpty();
    }

    /** Some replica finds a call that nobody else is at, or whose caller has been away for too long. */
    private void claim(Replica replica, MessageKey key) {
        service.transact(replica, Work.CLAIM, transaction -> {
            var intent = transaction.get(intents, key);
            if (intent != null && intent.dueAt <= world.time().now()) {
                transaction.witness(() -> world.reached(Reached.CALL_REPEATED_BY_ANOTHER_REPLICA));
                take(transaction, key, intent.attempts);
            }
        });
    }

    private void take(Transaction transaction, MessageKey key, int attempts) {
        var wanted = table.within(transaction, () -> effects.load(Set.of(key))).get(key);
        if (wanted == null) {
            transaction.delete(intents, key);
            return;
        }
        if (!world.has(Mutant.CALL_NOT_RECORDED)) {
            transaction.put(intents, key, new Intent(attempts, world.time().now() + CLAIM));
        }
        transaction.then(() -> callSoon(transaction.replica(), key, wanted, attempts));
    }

    private void callSoon(Replica replica, MessageKey key, Standing<Integer> wanted, int attempts) {
        replica.after(
                world.faults().delay(20),
                () -> replica.reaches(Work.CALL, Side.BEFORE, () -> call(replica, key, wanted, attempts)));
    }

    private void call(Replica replica, MessageKey key, Standing<Integer> wanted, int attempts) {
        try {
            var outcome = effects.call(key, wanted);
            replica.after(
                    world.faults().delay(20),
                    () -> replica.reaches(Work.CALL, Side.AFTER, () -> settle(replica, wanted.wanted(), key, outcome)));
        } catch (OutcomeUnknown e) {
            postpone(replica, key, attempts + 1);
        } catch (InvalidRequest e) {
            throw new IllegalStateException(e);
        }
    }

    private void postpone(Replica replica, MessageKey key, int attempts) {
        long pause = world.chance().between(1, 200L << Math.min(attempts, MAX_DOUBLINGS));
        service.transact(replica, Work.CLAIM, transaction -> {
            if (transaction.get(intents, key) != null) {
                transaction.put(intents, key, new Intent(attempts, world.time().now() + pause));
                transaction.then(() -> sweep.expect(key));
            }
        });
    }

    private void settle(Replica replica, int saga, MessageKey key, Outcome outcome) {
        service.transact(replica, Work.OUTCOME, transaction -> {
            transaction.delete(intents, key);
            settled(transaction, saga, key, outcome)
                    .forEach((command, reply) -> answer(transaction, saga, command, reply));
        });
    }

    private Map<MessageKey, Object> settled(Transaction transaction, int saga, MessageKey key, Outcome outcome) {
        try {
            return table.within(
                    transaction,
                    () -> effects.settle(Map.of(key, outcome), keys -> keys.forEach(it -> take(transaction, it, 0))));
        } catch (IllegalStateException e) {
            throw new Violation(Rule.NO_CONTRADICTION, saga, String.valueOf(e.getMessage()));
        }
    }

    private void answer(Transaction transaction, int saga, MessageKey command, Object reply) {
        var asked = transaction.get(inbox, command);
        if (asked == null) {
            throw new IllegalStateException(command + " is answered but never was asked for");
        }
        transaction.put(inbox, command, InboxEntry.first(command, asked.replyTo(), asked.send(), Optional.of(reply)));
        transaction.send(saga, command, reply, asked.send(), replies);
    }

    private static Received<Object> received(OutboxRow message) {
        return new Received<>(
                message.key(), message.body(), Hlc.ZERO, message.send(), Optional.empty(), Optional.empty(), "", 0);
    }

    private static Replies<Object> wordings(Answers answers) {
        return new Replies<>() {
            @Override
            public Object done(Receipt receipt) {
                return answers.success();
            }

            @Override
            public Object refused(String reason) {
                return answers.anyRefusal();
            }
        };
    }
}
