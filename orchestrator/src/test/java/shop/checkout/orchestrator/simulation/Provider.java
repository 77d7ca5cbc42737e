package shop.checkout.orchestrator.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;

/**
 * The outside world, as a payment provider or a carrier is: it takes part in no transaction, remembers what it answered to an
 * idempotency key, and may fail before or after it did what it was asked.
 */
final class Provider implements Counterpart<Integer> {

    private final World world;
    private final Answers answers;
    private final Map<MessageKey, Outcome.Definite> known = new HashMap<>();
    private final Map<MessageKey, String> reversals = new HashMap<>();
    private final Map<MessageKey, Boolean> refused = new HashMap<>();

    Provider(World world, Answers answers) {
        this.world = world;
        this.answers = answers;
    }

    @Override
    public Outcome.Definite perform(Integer saga, MessageKey command) throws OutcomeUnknown {
        fail();
        var outcome = known.get(command);
        if (outcome == null || world.has(Mutant.NO_IDEMPOTENCY_KEY)) {
            outcome = decide(saga, command);
            known.put(command, outcome);
        }
        loseAnswer();
        return outcome;
    }

    private Outcome.Definite decide(int saga, MessageKey command) {
        if (answers.refusal().isPresent()) {
            world.reached(Reached.REFUSAL);
            return new Outcome.Refused("no");
        }
        world.judge().done(saga, answers.step(), Plan.attempt(command));
        if (world.isTraced()) {
            world.note(saga, "the outside world does " + answers.name());
        }
        return new Outcome.Done(new Receipt("r", "n"));
    }

    @Override
    public Optional<Outcome.Definite> find(Integer saga, MessageKey command) throws OutcomeUnknown {
        fail();
        return Optional.ofNullable(known.get(command));
    }

    @Override
    public String reverse(Integer saga, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        fail();
        refuseToReverse(undo);
        var reversal = reversals.get(undo);
        if (reversal == null || world.has(Mutant.NO_IDEMPOTENCY_KEY)) {
            reversal = reverse(saga, undo, "u");
        }
        loseAnswer();
        return reversal;
    }

    private String reverse(int saga, MessageKey undo, String reversal) {
        world.judge().undone(saga, answers.step(), Plan.attempt(undo));
        if (world.isTraced()) {
            world.note(saga, "the outside world undoes " + answers.name());
        }
        reversals.put(undo, reversal);
        return reversal;
    }

    /** A person looks for what has happened so far and undoes it. Returns whether it has happened. */
    boolean undoByHand(int saga, MessageKey command) {
        boolean happened = known.get(command) instanceof Outcome.Done;
        if (happened && !reversals.containsKey(command.undo())) {
            reverse(saga, command.undo(), "by hand");
        }
        return happened;
    }

    private void fail() throws OutcomeUnknown {
        if (world.faults().callFails()) {
            world.reached(Reached.CALL_FAILED);
            throw new OutcomeUnknown("no connection");
        }
    }

    /** As a bank does with what its customer disputes: nothing helps but a person, or time. */
    private void refuseToReverse(MessageKey undo) throws OutcomeUnknown {
        boolean refuses = refused.computeIfAbsent(undo, _ -> world.faults().refusesReversal());
        if (refuses && world.faults().last() && !reversals.containsKey(undo)) {
            throw new OutcomeUnknown("not by us");
        }
    }

    private void loseAnswer() throws OutcomeUnknown {
        if (world.faults().answerOfCallIsLost()) {
            world.reached(Reached.ANSWER_OF_CALL_LOST);
            throw new OutcomeUnknown("no answer");
        }
    }
}
