package shop.checkout.effect;

import java.time.Instant;
import java.util.Optional;

/**
 * Where an effect stands: a pure state machine, moved by the command that asks for it, by the compensation that undoes it,
 * and by the outcomes of calls, each of which may come twice, late, or in any order.
 *
 * <p>Promised: an effect that has been found {@link Reversed}, {@link Voided} or {@link Blocked} is asked for no more; only
 * what happened is undone; and what turns out to have happened after all is undone all the same.
 */
public sealed interface Effect {

    /** Asked for; whether it happened is not known. */
    record Pending() implements Effect {}

    record Done(Receipt receipt) implements Effect {}

    record Refused(String reason) implements Effect {}

    /**
     * To be undone. No call asks for it any more, but one may be under way.
     *
     * @param receipt there once it is known that it happened
     * @param keySpentAt there once the idempotency key can tell no more
     */
    record Undoing(Optional<Receipt> receipt, Optional<Instant> keySpentAt) implements Effect {}

    /** It happened and was undone. */
    record Reversed(Receipt receipt, String reversal) implements Effect {}

    /** It was to be undone and turned out never to have happened. */
    record Voided() implements Effect {}

    /** Its undo came first. */
    record Blocked() implements Effect {}

    /** The effect's command has come. */
    static Effect asked(Optional<Effect> before) {
        return before.orElseGet(Pending::new);
    }

    /** The effect's compensation has come. */
    static Effect undoAsked(Optional<Effect> before) {
        if (before.isEmpty()) {
            return new Blocked();
        }
        return switch (before.get()) {
            case Pending() -> new Undoing(Optional.empty(), Optional.empty());
            case Done(var receipt) -> new Undoing(Optional.of(receipt), Optional.empty());
            case Effect settled -> settled;
        };
    }

    /** What the other side is said to have called an undoing that it did not do for us. */
    String BY_HAND = "by hand";

    /**
     * A person states that it has been undone by hand. What is known to have happened counts as reversed. Where that is not
     * known it is still found out, since a call may be under way that nobody could see when it was undone by hand.
     */
    static Effect undoneByHand(Optional<Effect> before) {
        return switch (undoAsked(before)) {
            case Undoing(var receipt, var _) when receipt.isPresent() -> new Reversed(receipt.get(), BY_HAND);
            case Effect other -> other;
        };
    }

    /**
     * A call has come back.
     *
     * @throws IllegalStateException when the outcome contradicts what is known, so that a person has to look
     */
    default Effect after(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Done(var receipt) -> afterDone(receipt, outcome);
            case Outcome.Refused(var reason) -> afterRefused(reason, outcome);
            case Outcome.Reversed(var receipt, var reversal) -> afterReversed(receipt, reversal, outcome);
            case Outcome.NeverHappened() -> afterNothing(outcome);
            case Outcome.KeySpent() -> afterKeySpent(now, outcome);
        };
    }

    /** It has happened, whether or not it was undone since. */
    default Optional<Receipt> happened() {
        return switch (this) {
            case Done(var receipt) -> Optional.of(receipt);
            case Undoing(var receipt, var _) -> receipt;
            case Reversed(var receipt, var _) -> Optional.of(receipt);
            case Pending _, Refused _, Voided _, Blocked _ -> Optional.empty();
        };
    }

    private Effect afterDone(Receipt receipt, Outcome outcome) {
        return switch (this) {
            case Pending() -> new Done(receipt);
            case Undoing(var known, var spent) when known.isEmpty() -> new Undoing(Optional.of(receipt), spent);
            case Voided() -> new Undoing(Optional.of(receipt), Optional.empty());
            case Done _, Undoing _, Reversed _ -> same(receipt, outcome);
            case Refused _, Blocked _ -> throw contradiction(outcome);
        };
    }

    private Effect afterRefused(String reason, Outcome outcome) {
        return switch (this) {
            case Pending() -> new Refused(reason);
            case Undoing(var known, var _) when known.isEmpty() -> this;
            case Refused _, Voided _ -> this;
            case Done _, Undoing _, Reversed _, Blocked _ -> throw contradiction(outcome);
        };
    }

    private Effect afterReversed(Receipt receipt, String reversal, Outcome outcome) {
        return switch (this) {
            case Undoing(var known, var _) when known.isEmpty() -> new Reversed(receipt, reversal);
            case Voided() -> new Reversed(receipt, reversal);
            case Undoing _ -> {
                same(receipt, outcome);
                yield new Reversed(receipt, reversal);
            }
            case Reversed _ -> same(receipt, outcome);
            case Pending _, Done _, Refused _, Blocked _ -> throw contradiction(outcome);
        };
    }

    private Effect afterNothing(Outcome outcome) {
        return switch (this) {
            case Undoing(var known, var _) when known.isEmpty() -> new Voided();
            case Undoing _, Reversed _, Voided _ -> this; // what is known to have happened is undone by another call
            case Pending _, Done _, Refused _, Blocked _ -> throw contradiction(outcome);
        };
    }

    private Effect afterKeySpent(Instant now, Outcome outcome) {
        return switch (this) {
            case Undoing(var known, var spent) when spent.isEmpty() -> new Undoing(known, Optional.of(now));
            case Undoing _, Reversed _, Voided _ -> this;
            case Pending _, Done _, Refused _, Blocked _ -> throw contradiction(outcome);
        };
    }

    private Effect same(Receipt receipt, Outcome outcome) {
        if (!happened().equals(Optional.of(receipt))) {
            throw contradiction(outcome);
        }
        return this;
    }

    private IllegalStateException contradiction(Outcome outcome) {
        return new IllegalStateException("the other side says " + outcome + ", but this effect is " + this);
    }
}
