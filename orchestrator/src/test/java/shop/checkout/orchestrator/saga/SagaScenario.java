package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import shop.checkout.codec.Codec;
import shop.checkout.message.Command;
import shop.checkout.message.Compensation;
import shop.checkout.message.Event;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.Move.Outgoing;

/**
 * Tells how one saga runs, without any infrastructure: what it asks, what it gets, how it ends.
 *
 * <p>A reply must belong to the command that was asked, or it does not compile. Everything that would be stored or sent is
 * written as JSON and read back on the way, so that nothing passes that would not survive the wire.
 */
public final class SagaScenario<S> {

    /** The saga of every scenario. */
    public static final SagaId SAGA = new SagaId(UUID.fromString("0199a000-0000-7000-8000-000000000001"));

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final int MANY = 10_000;
    private static final Map<SagaDefinition<?>, Codec> CODECS = new ConcurrentHashMap<>();

    private final SagaDefinition<S> definition;
    private final SagaMachine<S> machine;
    private final Codec codec;
    private final Deque<Outgoing> unasked = new ArrayDeque<>();
    private final List<Outgoing> asked = new ArrayList<>();
    private final Deque<Event> unannounced = new ArrayDeque<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private Saga<S> saga;
    private Instant now = START;
    private Set<String> silent = Set.of();
    private boolean everythingTwice;

    private SagaScenario(SagaDefinition<S> definition, S data) {
        this.definition = definition;
        this.machine = new SagaMachine<>(definition);
        this.codec = CODECS.computeIfAbsent(definition, SagaScenario::codecFor);
        this.saga = definition.born(SAGA, data);
    }

    /** A saga of this kind that has just been started. */
    public static <S> SagaScenario<S> start(SagaDefinition<S> definition, S data) {
        var scenario = new SagaScenario<>(definition, data);
        scenario.happens(new News.Started(scenario.now));
        return scenario;
    }

    /** A saga of this kind that has just been started while these participants are known not to answer. */
    public static <S> SagaScenario<S> startWhileSilent(SagaDefinition<S> definition, S data, String... participants) {
        var scenario = new SagaScenario<>(definition, data).whileSilent(participants);
        scenario.happens(new News.Started(scenario.now));
        return scenario;
    }

    /** From now on every reply arrives twice, and the second one must change nothing. */
    public SagaScenario<S> whereRepliesComeTwice() {
        everythingTwice = true;
        return this;
    }

    /** The next message that the saga sends is this one. */
    public <R> Asked<R> asks(Command<R> expected) {
        assertThat(unasked).as("messages sent by the saga").isNotEmpty();
        var sent = unasked.removeFirst();
        assertThat(sent.command()).isEqualTo(expected);
        asked.add(sent);
        return new Asked<>(sent);
    }

    /** The next message is this compensation, and it is answered. */
    public SagaScenario<S> undoes(Compensation expected) {
        return asks(expected).gets(new Undone());
    }

    /** A reply, late or out of order, to something asked before, which still counts. */
    public <R> SagaScenario<S> gets(Command<R> command, R reply) {
        return delivered(keyOf(command), reply, Verdict.APPLIED);
    }

    /** A reply to something asked before that comes too late, and must change nothing. */
    public <R> SagaScenario<S> ignores(Command<R> command, R reply) {
        return delivered(keyOf(command), reply, Verdict.IGNORED);
    }

    /** A reply that counts although the saga waits for another message's. */
    public SagaScenario<S> getsForeign(MessageKey command, Object reply) {
        return delivered(command, reply, Verdict.APPLIED);
    }

    /** A reply to something that was never asked. */
    public SagaScenario<S> ignoresForeign(MessageKey command, Object reply) {
        return delivered(command, reply, Verdict.IGNORED);
    }

    public SagaScenario<S> isCancelled(String reason) {
        assertThat(happens(new News.CancelRequested(now, reason))).isEqualTo(Verdict.APPLIED);
        return this;
    }

    /** A request to cancel is refused and changes nothing. */
    public SagaScenario<S> refusesToBeCancelled() {
        assertThat(happens(new News.CancelRequested(now, "too late"))).isEqualTo(Verdict.REFUSED);
        return this;
    }

    /** A person steps in. */
    public SagaScenario<S> isOperated(Operation operation) {
        assertThat(happens(new News.Operated(now, operation, "ada: because"))).isEqualTo(Verdict.APPLIED);
        return this;
    }

    /** A person tries to step in, and the saga allows it not. */
    public SagaScenario<S> refuses(Operation operation) {
        assertThat(machine.possible(saga, now)).doesNotContain(operation);
        assertThat(happens(new News.Operated(now, operation, "ada: because"))).isEqualTo(Verdict.REFUSED);
        return this;
    }

    /** What a person could do about it now is this. */
    public SagaScenario<S> allows(Operation... operations) {
        assertThat(machine.possible(saga, now)).containsExactlyInAnyOrder(operations);
        return this;
    }

    /** From now on these participants are known not to answer. */
    public SagaScenario<S> whileSilent(String... participants) {
        silent = Set.of(participants);
        return this;
    }

    /** This participant may be asked again by this saga. */
    public SagaScenario<S> isReleased(String participant) {
        assertThat(happens(new News.Released(now, participant))).isEqualTo(Verdict.APPLIED);
        return this;
    }

    /** Time passes, and the saga wakes as often as it asked for. What it sends again is taken as asked. */
    public SagaScenario<S> afterAWhile(Duration duration) {
        var end = now.plus(duration);
        while (saga.wakeAt().filter(it -> !it.isAfter(end)).isPresent()) {
            wakes();
            skipRepeats();
        }
        now = end;
        return this;
    }

    public SagaScenario<S> isCompleted() {
        return hasEnded(SagaStatus.COMPLETED);
    }

    public SagaScenario<S> isRejected(String reason) {
        assertThat(saga.reason()).contains(reason);
        return hasEnded(SagaStatus.REJECTED);
    }

    /** It is open, asks nothing more for now, and stands like this. */
    public SagaScenario<S> waits(SagaStatus status) {
        assertThat(unasked).as("messages sent by the saga").isEmpty();
        assertThat(saga.status()).isEqualTo(status);
        assertThat(saga.wakeAt()).as("what will move the saga").isPresent();
        return this;
    }

    /** The step is in this phase, and the saga does not ask anything that was not asked before. */
    public SagaScenario<S> waitsFor(String step, Phase phase) {
        assertThat(saga.step(step).phase()).isEqualTo(phase);
        assertThat(saga.wakeAt()).as("what will move the saga").isPresent();
        return this;
    }

    /** The next event that it tells the world is this one. */
    public SagaScenario<S> announces(Event expected) {
        assertThat(unannounced).as("events of the saga").isNotEmpty();
        assertThat(unannounced.removeFirst()).isEqualTo(expected);
        return this;
    }

    public SagaScenario<S> knows(S data) {
        assertThat(saga.data()).isEqualTo(data);
        return this;
    }

    public Saga<S> saga() {
        return saga;
    }

    public List<HistoryEntry> history() {
        return List.copyOf(history);
    }

    /** What may be said about a message that the saga has just sent. */
    public final class Asked<R> {
        private final Outgoing sent;

        private Asked(Outgoing sent) {
            this.sent = sent;
        }

        public SagaScenario<S> gets(R reply) {
            return delivered(sent.key(), reply, Verdict.APPLIED);
        }

        /** The participant had been told to undo it already. */
        public SagaScenario<S> isSuperseded() {
            return delivered(sent.key(), new Superseded(), Verdict.APPLIED);
        }

        /** No answer yet; it may come later. */
        public SagaScenario<S> waits() {
            return SagaScenario.this;
        }

        /** No answer in time: the same is asked again, under the same key. */
        public Asked<R> timesOut() {
            wakes();
            assertThat(unasked).as("messages sent by the saga").isNotEmpty();
            var again = unasked.removeFirst();
            assertThat(again).isEqualTo(new Outgoing(sent.key(), sent.command(), sent.send() + 1));
            return new Asked<>(again);
        }

        /** No answer until the saga gives it up. */
        public SagaScenario<S> isNeverAnswered() {
            for (int i = 0; i < MANY && isAwaited(); i++) {
                wakes();
                skipRepeats();
            }
            assertThat(isAwaited()).as("waits on for " + sent.key()).isFalse();
            return SagaScenario.this;
        }

        private boolean isAwaited() {
            return saga.steps().stream()
                    .anyMatch(step ->
                            step.awaitedKey(SAGA).filter(sent.key()::equals).isPresent());
        }
    }

    private void wakes() {
        now = saga.wakeAt().orElseThrow(() -> new AssertionError("nothing will wake the saga: " + saga));
        happens(new News.TimeCame(now));
    }

    private void skipRepeats() {
        unasked.removeIf(it -> it.send() > 1);
    }

    private SagaScenario<S> delivered(MessageKey command, Object reply, Verdict expected) {
        now = now.plusMillis(1);
        assertThat(happens(new News.Replied(now, command, survived(reply)))).isEqualTo(expected);
        if (everythingTwice) {
            assertThat(happens(new News.Replied(now, command, reply))).isEqualTo(Verdict.IGNORED);
        }
        return this;
    }

    private Verdict happens(News news) {
        var before = saga;
        var move = machine.on(saga, news, silent);
        assertThat(machine.on(saga, news, silent))
                .as("the same news gives the same move")
                .isEqualTo(move);
        saga = stored(move.saga());
        move.commands().forEach(it -> unasked.add(new Outgoing(it.key(), survived(it.command()), it.send())));
        move.event().ifPresent(it -> unannounced.add(survived(it.event())));
        move.entry().map(this::survived).ifPresent(history::add);
        if (move.verdict() == Verdict.IGNORED || move.verdict() == Verdict.REFUSED) {
            assertThat(saga)
                    .isEqualTo(new Saga<>(
                            SAGA,
                            before.data(),
                            before.steps(),
                            before.rejection(),
                            before.deadline(),
                            saga.revision()));
            assertThat(move.commands()).isEmpty();
        }
        return move.verdict();
    }

    private SagaScenario<S> hasEnded(SagaStatus status) {
        assertThat(unasked).as("messages sent by the saga").isEmpty();
        assertThat(saga.status()).isEqualTo(status);
        assertThat(saga.wakeAt()).isEmpty();
        assertThat(history)
                .extracting(HistoryEntry::seq)
                .isEqualTo(
                        Stream.iterate(1L, seq -> seq + 1).limit(history.size()).toList());
        return this;
    }

    private MessageKey keyOf(Command<?> command) {
        return asked.stream()
                .filter(it -> it.command().equals(command))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the saga never asked " + command))
                .key();
    }

    private Saga<S> stored(Saga<S> written) {
        var data = codec.read(definition.dataType(), codec.write(written.data()));
        var steps = List.of(codec.read(StepState[].class, codec.write(written.steps())));
        var read = new Saga<>(written.id(), data, steps, written.rejection(), written.deadline(), written.revision());
        assertThat(read).isEqualTo(written);
        return read;
    }

    @SuppressWarnings("unchecked")
    private <T> T survived(T message) {
        var read = codec.read((Class<T>) message.getClass(), codec.write(message));
        assertThat(read).isEqualTo(message);
        return read;
    }

    private static Codec codecFor(SagaDefinition<?> definition) {
        var types = Stream.concat(definition.messageTypes().stream(), Stream.of(Undone.class, Superseded.class));
        return new Codec(types.distinct()
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .toList());
    }
}
