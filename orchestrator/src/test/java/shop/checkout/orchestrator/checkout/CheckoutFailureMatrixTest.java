package shop.checkout.orchestrator.checkout;

import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.CALL_BACK;
import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.CHARGE;
import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.CHECKOUT;
import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.REFUND;
import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.RELEASE;
import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.RESERVE;
import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.SHIP;
import static shop.checkout.orchestrator.checkout.CheckoutSagaTest.TOTAL;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.contract.Sku;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.inventory.ReserveInventory.UnknownSku;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.ChargePayment.Declined;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.contract.shipping.CreateShipment.Undeliverable;
import shop.checkout.message.Command;
import shop.checkout.message.Compensation;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaScenario;
import shop.checkout.orchestrator.saga.SagaStatus;

/** Every point of failure x every kind of failure x every way in which replies may come late or twice. */
class CheckoutFailureMatrixTest {

    /** What is asked, what is well, what is a refusal, how it is undone. */
    private record Part<R>(Command<R> command, R success, List<R> refusals, Compensation undo) {}

    private static final List<Part<?>> PARTS = List.of(
            new Part<>(
                    RESERVE,
                    new Reserved(TOTAL),
                    List.of(new OutOfStock(new Sku("sold-out")), new UnknownSku(new Sku("tea-pot"))),
                    RELEASE),
            new Part<>(CHARGE, new Charged("pay_1"), List.of(new Declined("no funds")), REFUND),
            new Part<>(SHIP, new Shipped("TRACK-1"), List.of(new Undeliverable("no such street")), CALL_BACK));

    private enum Failure {
        REFUSED,
        REFUSED_OTHERWISE,
        NEVER_ANSWERED,
        SUPERSEDED,
        CANCELLED
    }

    private enum Replies {
        COME_ONCE,
        COME_TWICE
    }

    private enum Steps {
        ANSWER_AT_ONCE,
        ANSWER_AFTER_A_TIMEOUT,
        ANSWER_AFTER_MANY_TIMEOUTS
    }

    private enum Undos {
        ANSWER_AT_ONCE,
        ANSWER_AFTER_A_TIMEOUT,
        ANSWER_WHEN_A_PERSON_IS_CALLED
    }

    private enum LateReply {
        NONE,
        SUCCESS_WHILE_UNDOING,
        REFUSAL_WHILE_UNDOING
    }

    private record Case(
            SagaDefinition<Checkout> saga,
            int failing,
            Failure failure,
            Replies replies,
            Steps steps,
            Undos undos,
            LateReply late) {}

    @ParameterizedTest
    @MethodSource("cases")
    void undoesExactlyWhatMayHaveBeenDoneLastStepFirst(Case it) {
        var scenario = SagaScenario.start(it.saga, CHECKOUT);
        if (it.replies == Replies.COME_TWICE) {
            scenario.whereRepliesComeTwice();
        }

        PARTS.subList(0, it.failing).forEach(part -> succeed(scenario, part, it.steps));
        fail(scenario, PARTS.get(it.failing), it);

        boolean didNothing = it.failure != Failure.NEVER_ANSWERED && it.failure != Failure.CANCELLED;
        int undone = didNothing ? it.failing : it.failing + 1;
        PARTS.subList(0, undone).reversed().forEach(part -> undo(scenario, part, PARTS.get(it.failing), it));
        scenario.isRejected(scenario.saga().rejection().orElseThrow().reason());
        deliverEverythingAgain(scenario, it);
    }

    @ParameterizedTest
    @MethodSource("calmCases")
    void completesHoweverSlowlyAndOftenItIsAnswered(Case it) {
        var scenario = SagaScenario.start(it.saga, CHECKOUT);
        if (it.replies == Replies.COME_TWICE) {
            scenario.whereRepliesComeTwice();
        }

        PARTS.forEach(part -> succeed(scenario, part, it.steps));

        scenario.isCompleted().refusesToBeCancelled();
        PARTS.forEach(part -> deliverLate(scenario, part, true));
        scenario.isCompleted();
    }

    static Stream<Case> cases() {
        return IntStream.range(0, PARTS.size())
                .boxed()
                .flatMap(failing -> Stream.of(Failure.values())
                        .filter(failure -> failure != Failure.REFUSED_OTHERWISE
                                || PARTS.get(failing).refusals().size() > 1)
                        .flatMap(failure -> variations(failing, failure)));
    }

    static Stream<Case> calmCases() {
        return variations(PARTS.size(), Failure.REFUSED)
                .filter(it -> it.undos == Undos.ANSWER_AT_ONCE && it.late == LateReply.NONE);
    }

    private static Stream<Case> variations(int failing, Failure failure) {
        return Stream.of(Replies.values())
                .flatMap(replies -> Stream.of(Steps.values())
                        .flatMap(steps -> Stream.of(Undos.values())
                                .flatMap(undos -> Stream.of(LateReply.values())
                                        .flatMap(late -> Stream.of(CheckoutSaga.V1, CheckoutSaga.V2)
                                                .map(saga -> new Case(
                                                        saga, failing, failure, replies, steps, undos, late))))));
    }

    private static <R> void succeed(SagaScenario<Checkout> scenario, Part<R> part, Steps steps) {
        var asked = scenario.asks(part.command);
        switch (steps) {
            case ANSWER_AT_ONCE -> asked.gets(part.success);
            case ANSWER_AFTER_A_TIMEOUT -> asked.timesOut().gets(part.success);
            case ANSWER_AFTER_MANY_TIMEOUTS ->
                asked.timesOut().timesOut().timesOut().timesOut().gets(part.success);
        }
    }

    private static <R> void fail(SagaScenario<Checkout> scenario, Part<R> part, Case it) {
        var asked = scenario.asks(part.command);
        switch (it.failure) {
            case REFUSED -> asked.gets(part.refusals.getFirst());
            case REFUSED_OTHERWISE -> asked.gets(part.refusals.getLast());
            case NEVER_ANSWERED -> asked.isNeverAnswered();
            case SUPERSEDED -> asked.isSuperseded();
            case CANCELLED -> asked.waits().isCancelled("cancelled by the customer");
        }
    }

    private static void undo(SagaScenario<Checkout> scenario, Part<?> part, Part<?> failed, Case it) {
        var asked = scenario.asks(part.undo);
        switch (it.late) {
            case NONE -> {}
            case SUCCESS_WHILE_UNDOING -> deliverLate(scenario, failed, true);
            case REFUSAL_WHILE_UNDOING -> deliverLate(scenario, failed, false);
        }
        switch (it.undos) {
            case ANSWER_AT_ONCE -> asked.gets(new Undone());
            case ANSWER_AFTER_A_TIMEOUT -> asked.timesOut().gets(new Undone());
            case ANSWER_WHEN_A_PERSON_IS_CALLED -> {
                scenario.afterAWhile(Duration.ofMinutes(11)).waits(SagaStatus.NEEDS_ATTENTION);
                asked.gets(new Undone());
            }
        }
    }

    private static void deliverEverythingAgain(SagaScenario<Checkout> scenario, Case it) {
        PARTS.subList(0, it.failing).forEach(part -> {
            deliverLate(scenario, part, true);
            deliverLate(scenario, part, false);
            scenario.ignores(part.undo, new Undone());
        });
    }

    private static <R> void deliverLate(SagaScenario<Checkout> scenario, Part<R> part, boolean success) {
        scenario.ignores(part.command, success ? part.success : part.refusals.getFirst());
    }
}
