package shop.checkout.orchestrator.simulation;

import java.util.Optional;
import shop.checkout.orchestrator.saga.MachineMutant;
import shop.checkout.orchestrator.saga.Mover;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** One thing that is left out or done wrong, and the rule that must then be found broken. */
enum Mutant {
    /** A participant acts on every delivery. */
    NO_INBOX(Rule.ONE_EFFECT),
    /** An undo that finds nothing leaves nothing behind. */
    NO_TOMBSTONE(Rule.ALL_OR_NOTHING),
    /** Of two who change a row at once the later one wins. */
    NO_VERSION_CHECK(Rule.ENDS_ONCE),
    /** Consumers take what a leader sends whose time is over. */
    NO_FENCING(Rule.LEADERS_IN_ORDER),
    /** A leader whose time is over confirms what only it has published, and what consumers refuse. */
    CONFIRMED_WITHOUT_LEASE(Rule.EVERY_MESSAGE_HANDLED),
    CONFIRMED_BEFORE_PUBLISHED(Rule.EVERY_MESSAGE_SENT),
    /** Lost by a crash in between. */
    OUTBOX_ROW_AFTER_THE_COMMIT(Rule.EVERY_MESSAGE_SENT),
    /** Published even if the transaction fails. */
    OUTBOX_ROW_OUTSIDE_THE_TRANSACTION(Rule.NOTHING_SENT_UNCOMMITTED),
    OFFSET_BEFORE_THE_TRANSACTION(Rule.EVERY_MESSAGE_HANDLED),
    /** A reply is done with when its saga cannot be seen yet. */
    UNSEEN_SAGA_ACKNOWLEDGED(Rule.EVERY_MESSAGE_HANDLED),
    /** Timers, parked messages and intents are forgotten by a crash. */
    WHAT_IS_DUE_ONLY_IN_MEMORY(Rule.LIVENESS),
    /** A call that is under way is forgotten by a crash. */
    CALL_NOT_RECORDED(Rule.LIVENESS),
    /** A call that is repeated acts again. */
    NO_IDEMPOTENCY_KEY(Rule.ONE_EFFECT),
    /** So that a reply may be taken twice. */
    ANY_REPLY_TAKEN_FOR_AWAITED(MachineMutant.ANY_REPLY_TAKEN_FOR_AWAITED, Rule.UNDONE_IN_REVERSE),
    UNANSWERED_NOT_UNDONE(MachineMutant.UNANSWERED_NOT_UNDONE, Rule.ALL_OR_NOTHING),
    UNDONE_FIRST_STEP_FIRST(MachineMutant.UNDONE_FIRST_STEP_FIRST, Rule.UNDONE_IN_REVERSE),
    DEAF_WHEN_OVERDUE(MachineMutant.DEAF_WHEN_OVERDUE, Rule.LIVENESS),
    RETRY_LOST(MachineMutant.RETRY_LOST, Rule.NO_ORPHANS);

    private final Optional<MachineMutant> machine;
    private final Rule broken;

    Mutant(Rule broken) {
        this.machine = Optional.empty();
        this.broken = broken;
    }

    Mutant(MachineMutant machine, Rule broken) {
        this.machine = Optional.of(machine);
        this.broken = broken;
    }

    <S> Optional<Mover<S>> machine(SagaDefinition<S> definition) {
        return machine.map(it -> it.of(definition));
    }

    Rule broken() {
        return broken;
    }
}
