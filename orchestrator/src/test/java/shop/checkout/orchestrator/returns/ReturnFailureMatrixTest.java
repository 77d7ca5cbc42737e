package shop.checkout.orchestrator.returns;

import static shop.checkout.orchestrator.returns.ReturnSagaTest.DO_NOT_FETCH;
import static shop.checkout.orchestrator.returns.ReturnSagaTest.FETCH;
import static shop.checkout.orchestrator.returns.ReturnSagaTest.GOODS;
import static shop.checkout.orchestrator.returns.ReturnSagaTest.REFUND;
import static shop.checkout.orchestrator.returns.ReturnSagaTest.REFUNDED;
import static shop.checkout.orchestrator.returns.ReturnSagaTest.RESTOCK;
import static shop.checkout.orchestrator.returns.ReturnSagaTest.RESTOCKED;
import static shop.checkout.orchestrator.returns.ReturnSagaTest.SCHEDULED;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.message.Command;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.SagaScenario;
import shop.checkout.orchestrator.saga.SagaStatus;

/** Every point of failure x every kind of failure x every way in which replies may come late or twice. */
class ReturnFailureMatrixTest {

    private static final SchedulePickUp.Refused NOT_THERE = new SchedulePickUp.Refused("no pick-ups there");
    private static final RefundReturn.Refused NOTHING_LEFT = new RefundReturn.Refused("nothing is left");

    /** What goes wrong, and where. */
    private enum Failure {
        PICK_UP_REFUSED,
        PICK_UP_NEVER_ANSWERED,
        PICK_UP_SUPERSEDED,
        CANCELLED_DURING_PICK_UP,
        REFUND_REFUSED,
        REFUND_SUPERSEDED;

        boolean leavesAPickUp() {
            return this != PICK_UP_REFUSED && this != PICK_UP_SUPERSEDED;
        }
    }

    private enum Replies {
        COME_ONCE,
        COME_TWICE
    }

    /** How often a message times out before it is answered. */
    private enum Patience {
        ANSWERED_AT_ONCE,
        ANSWERED_AFTER_TIMEOUTS,
        ANSWERED_WHEN_A_PERSON_IS_CALLED
    }

    private record Case(Failure failure, Replies replies, Patience refund, Patience undo) {}

    private record Calm(Replies replies, Patience refund, Patience restock) {}

    @ParameterizedTest
    @MethodSource("cases")
    void leavesNothingBehindWhenItIsRejected(Case it) {
        var scenario = start(it.replies);

        fail(scenario, it);

        if (it.failure.leavesAPickUp()) {
            answer(scenario, DO_NOT_FETCH, new Undone(), it.undo);
        }
        scenario.isRejected(scenario.saga().rejection().orElseThrow().reason())
                .ignores(FETCH, SCHEDULED)
                .ignores(FETCH, NOT_THERE);
    }

    @ParameterizedTest
    @MethodSource("calmCases")
    void completesHoweverSlowlyAndOftenItIsAnswered(Calm it) {
        var scenario = start(it.replies);

        scenario.asks(FETCH).timesOut().timesOut().gets(SCHEDULED);
        answer(scenario, REFUND, REFUNDED, it.refund);
        scenario.ignores(FETCH, NOT_THERE).ignores(REFUND, NOTHING_LEFT).refusesToBeCancelled();
        answer(scenario, RESTOCK, RESTOCKED, it.restock);

        scenario.isCompleted()
                .ignores(REFUND, NOTHING_LEFT)
                .ignores(RESTOCK, RESTOCKED)
                .isCompleted();
    }

    static Stream<Case> cases() {
        return Stream.of(Failure.values())
                .flatMap(failure -> Stream.of(Replies.values())
                        .flatMap(replies -> Stream.of(Patience.values())
                                .flatMap(refund -> Stream.of(Patience.values())
                                        .map(undo -> new Case(failure, replies, refund, undo)))));
    }

    static Stream<Calm> calmCases() {
        return Stream.of(Replies.values())
                .flatMap(replies -> Stream.of(Patience.values())
                        .flatMap(refund ->
                                Stream.of(Patience.values()).map(restock -> new Calm(replies, refund, restock))));
    }

    private static SagaScenario<GoodsReturn> start(Replies replies) {
        var scenario = SagaScenario.start(ReturnSaga.V1, GOODS);
        return replies == Replies.COME_TWICE ? scenario.whereRepliesComeTwice() : scenario;
    }

    private static void fail(SagaScenario<GoodsReturn> scenario, Case it) {
        var asked = scenario.asks(FETCH);
        switch (it.failure) {
            case PICK_UP_REFUSED -> asked.gets(NOT_THERE);
            case PICK_UP_NEVER_ANSWERED -> asked.isNeverAnswered();
            case PICK_UP_SUPERSEDED -> asked.isSuperseded();
            case CANCELLED_DURING_PICK_UP -> asked.waits().isCancelled("cancelled by the customer");
            case REFUND_REFUSED -> {
                asked.gets(SCHEDULED);
                answer(scenario, REFUND, NOTHING_LEFT, it.refund);
            }
            case REFUND_SUPERSEDED -> {
                asked.gets(SCHEDULED);
                scenario.asks(REFUND).isSuperseded();
            }
        }
    }

    private static <R> void answer(SagaScenario<GoodsReturn> scenario, Command<R> command, R reply, Patience patience) {
        var asked = scenario.asks(command);
        switch (patience) {
            case ANSWERED_AT_ONCE -> asked.gets(reply);
            case ANSWERED_AFTER_TIMEOUTS -> asked.timesOut().timesOut().gets(reply);
            case ANSWERED_WHEN_A_PERSON_IS_CALLED -> {
                scenario.afterAWhile(Duration.ofMinutes(11)).waits(SagaStatus.NEEDS_ATTENTION);
                asked.gets(reply);
            }
        }
    }
}
