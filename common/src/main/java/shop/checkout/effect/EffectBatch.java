package shop.checkout.effect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Undone;
import shop.checkout.participant.Answer;

/** The effects that a batch is about, changed in memory and written once. Used by one thread. */
public final class EffectBatch<T, R> {

    private final Map<MessageKey, Standing<T>> before = new LinkedHashMap<>();
    private final Map<MessageKey, Standing<T>> after = new LinkedHashMap<>();
    private final Replies<R> replies;
    private final Instant now;

    EffectBatch(List<Standing<T>> loaded, Replies<R> replies, Instant now) {
        loaded.forEach(standing -> before.put(standing.command(), standing));
        after.putAll(before);
        this.replies = replies;
        this.now = now;
    }

    /** Handles the command that asks for the effect. */
    public Answer<R> ask(T request, MessageKey command) {
        var standing = find(command);
        var effect = Effect.asked(standing.map(Standing::effect));
        if (standing.isEmpty()) {
            after.put(command, new Standing<>(command, Optional.of(request), effect, now));
        }
        return switch (effect) {
            case Effect.Pending() -> Answer.later();
            case Effect.Done(var receipt) -> Answer.now(replies.done(receipt));
            case Effect.Refused(var reason) -> Answer.now(replies.refused(reason));
            case Effect.Undoing _, Effect.Reversed _, Effect.Voided _, Effect.Blocked _ -> Answer.superseded();
        };
    }

    /** Handles the command by refusing it without asking anybody; if it was handled before, by the same answer as then. */
    public Answer<R> refuse(T request, MessageKey command, String reason) {
        if (find(command).isEmpty()) {
            var refused = new Effect.Refused(reason);
            after.put(command, new Standing<>(command, Optional.of(request), refused, now));
        }
        return ask(request, command);
    }

    /** Handles the compensation, or the news that a person has done it by hand. */
    public Answer<Undone> undo(MessageKey undo) {
        var command = undo.undone();
        var standing = find(command);
        var before = standing.map(Standing::effect);
        var effect = undo.isByHand() ? Effect.undoneByHand(before) : Effect.undoAsked(before);
        after.put(
                command,
                standing.map(it -> it.moved(effect))
                        .orElseGet(() -> new Standing<>(command, Optional.empty(), effect, now)));
        return effect instanceof Effect.Undoing && !undo.isByHand() ? Answer.later() : Answer.now(new Undone());
    }

    /**
     * Takes in what came of the call for a command or a compensation.
     *
     * @return the answer that is due because of it
     * @throws IllegalStateException when it contradicts what is known
     */
    Optional<Object> settle(MessageKey asking, Outcome outcome) {
        var standing = find(commandOf(asking))
                .orElseThrow(() -> new IllegalStateException(asking + " was called but never recorded"));
        var next = standing.effect().after(outcome, now);
        after.put(standing.command(), standing.moved(next));
        return switch (standing.effect()) {
            case Effect.Pending() -> answer(next);
            case Effect.Undoing _ when !(next instanceof Effect.Undoing) -> Optional.of(new Undone());
            case Effect _ -> Optional.empty();
        };
    }

    /** The call for this command or compensation is over: has another one, to undo the effect, to follow? */
    boolean mustCallAgain(MessageKey asked) {
        var command = commandOf(asked);
        boolean undoing = find(command)
                .filter(it -> it.effect() instanceof Effect.Undoing)
                .isPresent();
        var was = Optional.ofNullable(before.get(command)).map(Standing::effect);
        return undoing
                && (asked.isUndo()
                        || was.filter(Effect.Voided.class::isInstance).isPresent());
    }

    List<Change<T>> changes() {
        var changes = new ArrayList<Change<T>>();
        after.forEach((command, standing) -> {
            var old = Optional.ofNullable(before.get(command));
            if (!old.equals(Optional.of(standing))) {
                changes.add(new Change<>(old, standing));
            }
        });
        return changes;
    }

    static MessageKey commandOf(MessageKey asking) {
        return asking.isUndo() ? asking.undone() : asking;
    }

    private Optional<Object> answer(Effect next) {
        return switch (next) {
            case Effect.Done(var receipt) -> Optional.of((Object) replies.done(receipt));
            case Effect.Refused(var reason) -> Optional.of((Object) replies.refused(reason));
            case Effect _ -> Optional.empty();
        };
    }

    private Optional<Standing<T>> find(MessageKey command) {
        return Optional.ofNullable(after.get(command));
    }
}
