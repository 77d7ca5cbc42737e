package shop.checkout.orchestrator.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import shop.checkout.message.MessageKey;
import shop.checkout.orchestrator.saga.Move;
import shop.checkout.orchestrator.saga.Phase;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaStatus;

/** Hears what really happened, from those who did it, and compares it with the rules. */
final class Judge {

    private enum Effect {
        NONE,
        DONE,
        UNDONE
    }

    /** What was done for one saga. */
    private final class Case {
        private final Effect[] effects = new Effect[plan.size()];
        private final int[] attempts = new int[plan.size()];
        private final boolean[] skipped = new boolean[plan.size()];
        private final int[] lastNumbers = new int[2 * (plan.size() + 2)];
        private SagaStatus status = SagaStatus.RUNNING;
        private boolean cancelled;
        private boolean byHand;

        private Case() {
            Arrays.fill(effects, Effect.NONE);
            Arrays.fill(lastNumbers, -1);
        }
    }

    private static final Duration BEFORE_LONG = Duration.ofHours(1);
    private static final int NO_SAGA = -1;

    private final Plan plan;
    private final Counts counts;
    private final Places places;
    private final List<Case> cases = new ArrayList<>();
    private final List<OutboxRow> committed = new ArrayList<>();
    private final List<OutboxRow> uncommitted = new ArrayList<>();
    private final Set<MessageKey> heard = new HashSet<>();

    Judge(Plan plan, Counts counts) {
        this.plan = plan;
        this.counts = counts;
        this.places = new Places(counts);
    }

    // ---- what participants say

    void done(int saga, int step, int attempt) {
        var one = of(saga);
        var effects = one.effects;
        require(effects[step] != Effect.DONE, Rule.ONE_EFFECT, saga, step, "is done twice");
        require(attempt > one.attempts[step], Rule.NOTHING_AFTER_UNDO, saga, step, "is done after it was undone");
        require(
                one.byHand || none(effects, other -> plan.isBefore(other, step), Effect.UNDONE),
                Rule.UNDONE_IN_REVERSE,
                saga,
                step,
                "is done when an earlier step is undone already");
        require(
                none(effects, other -> plan.isBefore(other, step) && !one.skipped[other], Effect.NONE),
                Rule.DONE_IN_ORDER,
                saga,
                step,
                "is done before an earlier step is");
        effects[step] = Effect.DONE;
        one.attempts[step] = attempt;
        if (attempt > 1) {
            counts.reached(Reached.SECOND_ATTEMPT_DONE);
        }
    }

    void undone(int saga, int step, int attempt) {
        var one = of(saga);
        var effects = one.effects;
        boolean known = effects[step] != Effect.NONE && attempt == one.attempts[step];
        require(known, Rule.NOTHING_AFTER_UNDO, saga, step, "is undone but never was done");
        require(effects[step] != Effect.UNDONE, Rule.ONE_EFFECT, saga, step, "is undone twice");
        require(
                one.byHand || none(effects, other -> plan.isBefore(step, other), Effect.DONE),
                Rule.UNDONE_IN_REVERSE,
                saga,
                step,
                "is undone before a later step is");
        effects[step] = Effect.UNDONE;
        counts.undone(plan.name(step));
    }

    // ---- what people say

    /** It was told that it is undone, or that it is not to stay so. */
    void cancelled(int saga, boolean is) {
        of(saga).cancelled = is;
    }

    /**
     * Somebody has undone a step by hand, and the saga takes that for granted. What was under way at that moment may still
     * happen, to be undone later.
     */
    void byHand(int saga) {
        of(saga).byHand = true;
    }

    // ---- what the orchestrator says

    /** Returns whether its status is another one. */
    boolean moved(int saga, Saga<?> before, Move<?> move, Instant now) {
        var after = move.saga();
        places.count(before, move);
        var status = after.status();
        var one = of(saga);
        if (one.status.isFinal() && status != one.status) {
            throw new Violation(Rule.ENDS_ONCE, saga, "it was " + one.status + " and is " + status);
        }
        var wakeAt = after.wakeAt();
        if (status.isFinal()
                ? wakeAt.isPresent()
                : wakeAt.isEmpty() || wakeAt.get().isAfter(now.plus(BEFORE_LONG))) {
            throw new Violation(Rule.NO_ORPHANS, saga, "it is " + status + " and will be woken at " + wakeAt);
        }
        for (int step = 0; step < plan.size(); step++) {
            one.skipped[step] |= after.steps().get(step).phase() == Phase.SKIPPED;
        }
        if (status == one.status) {
            return false;
        }
        one.status = status;
        places.countBecoming(status);
        places.countUnanswered(before, after, step -> one.effects[step] == Effect.DONE);
        return true;
    }

    // ---- what databases and relays say

    void committed(OutboxRow row) {
        row.committed(committed.size());
        committed.add(row);
    }

    void published(OutboxRow row) {
        row.publishedOnceMore();
        if (row.published() > 1) {
            counts.reached(Reached.REPUBLICATION);
            return;
        }
        if (row.number() < 0) {
            uncommitted.add(row);
            return;
        }
        var last = of(row.saga()).lastNumbers;
        int stream = row.source() == 0 ? row.topic().number() : last.length / 2 + row.source();
        if (row.number() < last[stream]) {
            throw new Violation(Rule.IN_ORDER, row.saga(), row + " comes after what was committed later");
        }
        last[stream] = row.number();
    }

    /** A listener has taken note of an event. */
    void heard(OutboxRow event) {
        if (!heard.add(event.key())) {
            throw new Violation(Rule.ONE_EFFECT, event.saga(), event + " is taken note of twice");
        }
    }

    // ---- the end

    /** @param quiet whether nothing will happen any more */
    void conclude(boolean quiet) {
        for (int saga = 0; saga < cases.size(); saga++) {
            conclude(saga, cases.get(saga));
        }
        concludeMessages();
        if (!quiet) {
            throw new Violation(Rule.NO_ORPHANS, NO_SAGA, "all sagas have ended, but something goes on");
        }
    }

    void leavesNothing(boolean nothing, String what) {
        if (!nothing) {
            throw new Violation(Rule.NO_ORPHANS, NO_SAGA, what + " is left though all sagas have ended");
        }
    }

    private void conclude(int saga, Case one) {
        if (!one.status.isFinal()) {
            throw new Violation(Rule.LIVENESS, saga, "it is still " + one.status);
        }
        boolean completed = one.status == SagaStatus.COMPLETED;
        for (int step = 0; step < one.effects.length; step++) {
            boolean done = one.effects[step] == Effect.DONE || (completed && one.skipped[step]);
            require(
                    done == completed,
                    Rule.ALL_OR_NOTHING,
                    saga,
                    step,
                    "is " + one.effects[step] + ", but the saga is " + one.status);
        }
        if (completed && one.cancelled) {
            throw new Violation(Rule.ALL_OR_NOTHING, saga, "it was cancelled and is completed");
        }
    }

    /** Every message has gone all the way. */
    private void concludeMessages() {
        for (var row : uncommitted) {
            if (row.number() < 0) {
                throw new Violation(
                        Rule.NOTHING_SENT_UNCOMMITTED, row.saga(), row + " was published but never committed");
            }
        }
        for (var row : committed) {
            if (row.published() == 0) {
                throw new Violation(Rule.EVERY_MESSAGE_SENT, row.saga(), row + " was committed but never published");
            }
            if (row.handled() == 0) {
                throw new Violation(Rule.EVERY_MESSAGE_HANDLED, row.saga(), row + " was published but never handled");
            }
        }
    }

    private Case of(int saga) {
        while (cases.size() <= saga) {
            cases.add(new Case());
        }
        return cases.get(saga);
    }

    private boolean none(Effect[] effects, IntPredicate which, Effect effect) {
        for (int step = 0; step < effects.length; step++) {
            if (effects[step] == effect && which.test(step)) {
                return false;
            }
        }
        return true;
    }

    private void require(boolean holds, Rule rule, int saga, int step, String otherwise) {
        if (!holds) {
            throw new Violation(rule, saga, plan.name(step) + " " + otherwise);
        }
    }
}
