package shop.checkout.orchestrator.simulation;

import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;

/**
 * Business that lies in the participant's own database, as stock does: done in the transaction that notes the message. That
 * a command comes once is left to the inbox; that it does not come after its undo, to a row that the undo leaves behind.
 */
final class LocalBusiness implements Participant.Business {

    private enum Effect {
        DONE,
        REFUSED,
        UNDONE,
        BLOCKED
    }

    private final World world;
    private final Answers answers;
    private final Table<MessageKey, Effect> effects = new Table<>();

    LocalBusiness(World world, Answers answers) {
        this.world = world;
        this.answers = answers;
    }

    @Override
    public Optional<Object> act(Transaction transaction, OutboxRow command) {
        return Optional.of(
                command.key().isUndo()
                        ? undo(transaction, command.saga(), command.key().undone())
                        : perform(transaction, command.saga(), command.key()));
    }

    private Object perform(Transaction transaction, int saga, MessageKey key) {
        var before = transaction.get(effects, key);
        if (before == Effect.BLOCKED || before == Effect.UNDONE) {
            transaction.witness(() -> world.reached(Reached.SUPERSEDED));
            return new Superseded();
        }
        var refusal = answers.refusal();
        if (refusal.isPresent()) {
            transaction.put(effects, key, Effect.REFUSED);
            transaction.witness(() -> world.reached(Reached.REFUSAL));
            return refusal.get();
        }
        transaction.put(effects, key, Effect.DONE);
        transaction.witness(() -> world.judge().done(saga, answers.step(), Plan.attempt(key)));
        return answers.success();
    }

    private Undone undo(Transaction transaction, int saga, MessageKey key) {
        var before = transaction.get(effects, key);
        if (before == Effect.DONE) {
            transaction.put(effects, key, Effect.UNDONE);
            transaction.witness(() -> world.judge().undone(saga, answers.step(), Plan.attempt(key)));
        } else if (before == null) {
            transaction.witness(() -> world.reached(Reached.UNDO_BEFORE_DO));
            if (!world.has(Mutant.NO_TOMBSTONE)) {
                transaction.put(effects, key, Effect.BLOCKED);
            }
        }
        return new Undone();
    }

    @Override
    public void askedAgain(Transaction transaction, MessageKey command) {
        throw new IllegalStateException(command + " was answered at once");
    }

    @Override
    public boolean undoByHand(int saga, MessageKey command) {
        return true; // there is nothing outside to be undone: the participant does it when it is told
    }

    @Override
    public boolean isIdle() {
        return true;
    }
}
