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

    Provider(World world, Answers answers) {
        this.world = world;
        this.answers = answers;
    }

    @Override
    public Outcome.Definite perform(Integer saga, MessageKey command) throws OutcomeUnknown {
        fail();
        var outcome = known.get(command);
        if (outcome == null || world.has(Mutant.NO_IDEMPOTENCY_KEY)) {
            outcome = decide(saga);
            known.put(command, outcome);
        }
        loseAnswer();
        return outcome;
    }

    private Outcome.Definite decide(int saga) {
        if (answers.refusal().isPresent()) {
            world.reached(Reached.REFUSAL);
            return new Outcome.Refused("no");
        }
        world.judge().done(saga, answers.step());
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
        var reversal = reversals.get(undo);
        if (reversal == null || world.has(Mutant.NO_IDEMPOTENCY_KEY)) {
            reversal = "u";
            reversals.put(undo, reversal);
            world.judge().undone(saga, answers.step());
            if (world.isTraced()) {
                world.note(saga, "the outside world undoes " + answers.name());
            }
        }
        loseAnswer();
        return reversal;
    }

    private void fail() throws OutcomeUnknown {
        if (world.faults().callFails()) {
            world.reached(Reached.CALL_FAILED);
            throw new OutcomeUnknown("no connection");
        }
    }

    private void loseAnswer() throws OutcomeUnknown {
        if (world.faults().answerOfCallIsLost()) {
            world.reached(Reached.ANSWER_OF_CALL_LOST);
            throw new OutcomeUnknown("no answer");
        }
    }
}
