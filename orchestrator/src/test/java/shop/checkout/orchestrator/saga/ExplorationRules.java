package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.util.List;
import shop.checkout.orchestrator.saga.Move.Outgoing;
import shop.checkout.orchestrator.saga.Situation.Effect;

/** What must hold of each situation, and of each move from one to another. */
final class ExplorationRules<S> {

    /** No policy lets a saga sleep for longer. */
    private static final Duration BEFORE_LONG = Duration.ofDays(1);

    private final SagaDefinition<S> definition;
    private final Slots slots;

    ExplorationRules(SagaDefinition<S> definition, Slots slots) {
        this.definition = definition;
        this.slots = slots;
    }

    /** A saga that was stored. */
    void judge(Situation<S> situation, Saga<S> read) {
        require(read.equals(situation.saga()), situation, "what is read is not what was written: " + read);
    }

    /** A new situation. */
    void judge(Situation<S> situation) {
        var saga = situation.saga();
        boolean moves = saga.wakeAt()
                .filter(at -> at.isBefore(situation.now().plus(BEFORE_LONG)))
                .isPresent();
        switch (saga.status()) {
            case COMPLETED -> {
                require(!moves, situation, "something moves an ended saga");
                require(everyStepIsDone(situation), situation, "completed without every step being done");
                require(!situation.around().cancelled(), situation, "completed though it was cancelled");
            }
            case REJECTED -> {
                require(!moves, situation, "something moves an ended saga");
                require(!anyStepIsDone(situation), situation, "rejected with something left undone");
            }
            case RUNNING, COMPENSATING, NEEDS_ATTENTION -> require(moves, situation, "nothing would move an open saga");
        }
    }

    /** What the same news leads to if a move was lost in a crash. */
    void judgeRepetition(Situation<S> before, Move<S> move, Move<S> again) {
        require(again.equals(move), before, "the same news leads to another move when it comes again");
    }

    /** A move, before it is made. */
    void judge(Situation<S> before, Move<S> move) {
        var was = before.saga().status();
        require(!was.isFinal() || move.saga().status() == was, before, "a final state is left");
        move.commands().forEach(message -> judge(before, move, message));
    }

    private void judge(Situation<S> before, Move<S> move, Outgoing message) {
        int slot = slots.of(message.key());
        var earlier = before.sent(slot);
        require(
                earlier.isEmpty() || earlier.get().equals(message.command()),
                before,
                message.key() + " is sent again with another content");
        if (Slots.isUndo(slot)) {
            judgeUndo(before, slot, message);
        } else if (earlier.isEmpty()) {
            judgeCommand(before, move, slot, message);
        }
    }

    private void judgeUndo(Situation<S> before, int slot, Outgoing message) {
        require(
                before.sent(Slots.command(slot)).isPresent(),
                before,
                message.key() + " is sent, but what it undoes was never asked for");
        require(
                stepsAfter(slots.step(slot)).stream().allMatch(later -> isGone(before, later)),
                before,
                message.key() + " is sent before a later step is undone");
    }

    private void judgeCommand(Situation<S> before, Move<S> move, int slot, Outgoing message) {
        require(move.saga().rejection().isEmpty(), before, message.key() + " is sent on the way back");
        require(
                stepsBefore(slots.step(slot)).stream().allMatch(earlier -> isPassed(before, earlier)),
                before,
                message.key() + " is sent before an earlier step is done");
        require(isGone(before, slots.step(slot)), before, message.key() + " is sent while another attempt may act");
    }

    // ---- what participants have done, in all attempts

    private boolean everyStepIsDone(Situation<S> situation) {
        return allSteps().stream().allMatch(step -> isPassed(situation, step));
    }

    private boolean anyStepIsDone(Situation<S> situation) {
        return allSteps().stream().anyMatch(step -> isDone(situation, step));
    }

    private boolean isPassed(Situation<S> situation, int step) {
        return isDone(situation, step) || situation.saga().steps().get(step).phase() == Phase.SKIPPED;
    }

    private boolean isDone(Situation<S> situation, int step) {
        return slots.commandsOf(step).stream().anyMatch(command -> situation.effect(command) == Effect.DONE);
    }

    /** Nothing of it is there, or ever will be. */
    private boolean isGone(Situation<S> situation, int step) {
        return slots.commandsOf(step).stream()
                .allMatch(command -> situation.sent(command).isEmpty()
                        || situation.effect(command).isGone());
    }

    private List<Integer> allSteps() {
        return numbers(definition.stages());
    }

    private List<Integer> stepsBefore(int step) {
        return numbers(definition.stages().stream()
                .takeWhile(stage -> !stage.steps().contains(definition.steps().get(step)))
                .toList());
    }

    private List<Integer> stepsAfter(int step) {
        return numbers(definition.stages().reversed().stream()
                .takeWhile(stage -> !stage.steps().contains(definition.steps().get(step)))
                .toList());
    }

    private List<Integer> numbers(List<Stage<S>> stages) {
        return stages.stream()
                .flatMap(stage -> stage.steps().stream())
                .map(step -> definition.steps().indexOf(step))
                .toList();
    }

    private void require(boolean holds, Situation<S> situation, String otherwise) {
        if (!holds) {
            throw new AssertionError(
                    otherwise + ":" + situation.script().map(Script::toString).orElse("") + "\n" + situation.saga());
        }
    }
}
