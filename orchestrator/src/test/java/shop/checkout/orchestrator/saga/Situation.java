package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import shop.checkout.message.Command;

/**
 * Where everybody stands, and how it came to that. Messages are never taken away, so each can come at any later time and any
 * number of times. Immutable.
 */
final class Situation<S> {

    /** What a participant has done because of a command. */
    enum Effect {
        NONE,
        DONE,
        REFUSED,
        UNDONE,
        /** Its compensation came first. */
        BLOCKED;

        /** Whether it will stay as it is, whatever comes. */
        boolean isGone() {
            return this == REFUSED || this == UNDONE || this == BLOCKED;
        }
    }

    private static final long SPENT = SagaExploration.QUICK.budget().toMillis();
    private static final long IN_A_WHILE = 25_000;

    private final Saga<S> saga;
    private final Instant now;
    private final List<Optional<Command<?>>> sent;
    private final List<Optional<Object>> replies;
    private final List<Effect> effects;
    private final Surroundings around;
    private final Optional<Script> script;

    private Situation(
            Saga<S> saga,
            Instant now,
            List<Optional<Command<?>>> sent,
            List<Optional<Object>> replies,
            List<Effect> effects,
            Surroundings around,
            Optional<Script> script) {
        this.saga = saga;
        this.now = now;
        this.sent = sent;
        this.replies = replies;
        this.effects = effects;
        this.around = around;
        this.script = script;
    }

    /** Nothing has happened yet. */
    static <S> Situation<S> before(Saga<S> born, int slots) {
        return new Situation<>(
                born,
                Instant.EPOCH,
                Collections.nCopies(slots, Optional.empty()),
                Collections.nCopies(slots, Optional.empty()),
                Collections.nCopies(slots, Effect.NONE),
                Surroundings.QUIET,
                Optional.empty());
    }

    Saga<S> saga() {
        return saga;
    }

    Instant now() {
        return now;
    }

    /** What was sent in a slot. */
    Optional<Command<?>> sent(int slot) {
        return sent.get(slot);
    }

    /** What was answered to it. */
    Optional<Object> reply(int slot) {
        return replies.get(slot);
    }

    /** What it has led to; of commands, not of compensations. */
    Effect effect(int command) {
        return effects.get(command);
    }

    Surroundings around() {
        return around;
    }

    Situation<S> with(Surroundings changed) {
        return new Situation<>(saga, now, sent, replies, effects, changed, script);
    }

    Situation<S> at(Instant later) {
        return new Situation<>(saga, later, sent, replies, effects, around, script);
    }

    Situation<S> as(Saga<S> moved) {
        return new Situation<>(moved, now, sent, replies, effects, around, script);
    }

    Situation<S> after(Supplier<String> what) {
        return new Situation<>(saga, now, sent, replies, effects, around, Optional.of(new Script(script, what)));
    }

    Situation<S> sending(int slot, Command<?> command) {
        return new Situation<>(saga, now, set(sent, slot, Optional.of(command)), replies, effects, around, script);
    }

    /** A participant has acted on the message in a slot, and answered. */
    Situation<S> acted(int slot, Effect effect, Object reply) {
        return new Situation<>(
                saga,
                now,
                sent,
                set(replies, slot, Optional.of(reply)),
                set(effects, Slots.command(slot), effect),
                around,
                script);
    }

    /** How it came to that; needs less memory than the situation. */
    Optional<Script> script() {
        return script;
    }

    /**
     * What tells two situations apart: time counts only relative to now, and a reason not at all.
     *
     * @param numbers for values, the same for equal ones
     */
    String identity(Numbers numbers) {
        var text = new StringBuilder(64);
        for (var step : saga.steps()) {
            text.append(numbers.of(step.phase())).append((char) step.attempt());
            step.awaited()
                    .ifPresent(
                            it -> text.append(it.overdue() ? 'o' : patience(it)).append(fromNow(it.dueAt())));
        }
        text.append(numbers.of(around));
        saga.rejection().ifPresent(it -> text.append(it.thenAgain() ? 'a' : 'r'));
        saga.deadlineAhead().ifPresent(at -> text.append(fromNow(at)));
        text.append(saga.deadline().filter(Deadline::missed).isPresent());
        text.append(numbers.of(saga.data()));
        for (int slot = 0; slot < sent.size(); slot++) {
            if (sent.get(slot).isPresent()) {
                text.append((char) slot).append(numbers.of(effects.get(slot)));
                replies.get(slot).ifPresent(reply -> text.append(numbers.of(reply)));
            }
        }
        return text.toString();
    }

    /** How much of a budget is spent; how often it was asked makes no difference. */
    private static char patience(StepState.Awaited awaited) {
        return (char) Math.min(
                SPENT, Duration.between(awaited.since(), awaited.dueAt()).toMillis());
    }

    /** Whoever is held back is looked at in a while, and it makes no difference when. */
    private char fromNow(Instant time) {
        return (char) Math.min(IN_A_WHILE, Duration.between(now, time).toMillis());
    }

    private static <T> List<T> set(List<T> list, int index, T value) {
        var copy = new ArrayList<>(list);
        copy.set(index, value);
        return copy;
    }
}
