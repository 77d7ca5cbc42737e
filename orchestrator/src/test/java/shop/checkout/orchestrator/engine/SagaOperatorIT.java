package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.checkout.orchestrator.engine.Orders.TOTAL;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.Operation;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.time.Hlc;

/** People step in: each time once, on what they saw, with a reason, in one transaction with the audit. */
class SagaOperatorIT {

    private final EngineFixture fixture = EngineFixture.fresh(Orders.HOPELESS);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void haveWhatWasUndoneByHandToldToTheParticipant() {
        var saga = cannotBeUndone();

        assertThat(operate(saga, new Operation.MarkUndone("reserve-inventory")))
                .isEqualTo(new OperatorOutcome.Applied());

        assertThat(fixture.outbox(saga)).endsWith("reserve-inventory/undo/by-hand 1");
        var byHand = MessageKey.ofStep(saga, "reserve-inventory", 1).undo().byHand();
        fixture.replies.run(List.of(fixture.reply(byHand, new Undone(), Hlc.ZERO)));
        assertThat(status(saga)).isEqualTo(SagaStatus.REJECTED);
    }

    @Test
    void leaveAnAuditRowForEverythingTheyDoAndForNothingElse() {
        var saga = cannotBeUndone();
        long revision = revision(saga);

        operate(saga, new Operation.GoForward());
        operate(saga, new Operation.Skip("reserve-inventory"));
        fixture.operator.operate(request(saga, 1, new Operation.Retry()));

        assertThat(fixture.jdbc.queryForList(
                        "select operation || ' ' || operator || ' ' || reason || ' ' || revision_before || ' ' || status_before"
                                + " || ' ' || revision_after || ' ' || status_after from audit",
                        String.class))
                .containsExactly("go-forward ada the shelf is empty " + revision + " NEEDS_ATTENTION " + (revision + 1)
                        + " NEEDS_ATTENTION");
        assertThat(fixture.history(saga))
                .endsWith("OPERATED APPLIED NEEDS_ATTENTION", "OPERATED REFUSED NEEDS_ATTENTION");
    }

    @Test
    void areRefusedWithAReasonWhenTheSagaDoesNotAllowIt() {
        var saga = cannotBeUndone();

        assertThat(operate(saga, new Operation.Skip("reserve-inventory")))
                .isEqualTo(new OperatorOutcome.Refused(
                        "it has no retriable step reserve-inventory that has failed for too long"));
    }

    @Test
    void doNothingToASagaThatHasMovedSinceTheySawIt() {
        var saga = cannotBeUndone();
        long seen = revision(saga);
        operate(saga, new Operation.Retry());

        assertThat(fixture.operator.operate(request(saga, seen, new Operation.Retry())))
                .isEqualTo(new OperatorOutcome.Outdated(seen + 1));

        assertThat(fixture.count("audit")).isEqualTo(1);
    }

    @Test
    void areOneWhenTwoPressTheSameButton() throws Exception {
        var saga = cannotBeUndone();
        long seen = revision(saga);

        var outcomes = new ArrayList<OperatorOutcome>();
        try (var other = fixture.replica();
                var threads = Executors.newFixedThreadPool(4)) {
            var presses = IntStream.range(0, 8)
                    .<Callable<OperatorOutcome>>mapToObj(i -> () ->
                            (i % 2 == 0 ? fixture : other).operator.operate(request(saga, seen, new Operation.Retry())))
                    .toList();
            for (var press : threads.invokeAll(presses)) {
                outcomes.add(press.get());
            }
        }

        assertThat(outcomes.stream().filter(OperatorOutcome.Applied.class::isInstance))
                .hasSize(1);
        assertThat(fixture.count("audit")).isEqualTo(1);
    }

    @Test
    void undoAllTogetherWhenTheirTransactionIsLost() {
        var saga = cannotBeUndone();
        long revision = revision(saga);

        assertThatThrownBy(() -> fixture.transaction.executeWithoutResult(status -> {
                    operate(saga, new Operation.MarkUndone("reserve-inventory"));
                    throw new IllegalStateException("killed before the commit");
                }))
                .hasMessage("killed before the commit");

        assertThat(fixture.count("audit")).isZero();
        assertThat(revision(saga)).isEqualTo(revision);
        assertThat(fixture.outbox(saga)).doesNotContain("reserve-inventory/undo/by-hand 1");
    }

    @Test
    void haveASagaSetOutAgainUnderNewKeysOnceNothingIsLeft() {
        var saga = cannotBeUndone();
        operate(saga, new Operation.GoForward());

        var undo = MessageKey.ofStep(saga, "reserve-inventory", 1).undo();
        fixture.replies.run(List.of(fixture.reply(undo, new Undone(), Hlc.ZERO)));

        assertThat(fixture.outbox(saga)).endsWith("reserve-inventory#2 1");
        assertThat(status(saga)).isEqualTo(SagaStatus.RUNNING);
    }

    @Test
    void hearThatThereIsNoSuchSaga() {
        var stranger = Orders.newOrder().id();

        assertThat(fixture.operator.operate(request(stranger, 1, new Operation.Retry())))
                .isEqualTo(new OperatorOutcome.Unknown());
    }

    @Test
    void cannotRewriteTheAudit() {
        operate(cannotBeUndone(), new Operation.Retry());

        assertThatThrownBy(() -> fixture.transaction.executeWithoutResult(
                        status -> fixture.jdbc.update("update audit set reason = 'nothing'")))
                .hasMessageContaining("audit is append-only");
        assertThatThrownBy(() -> fixture.transaction.executeWithoutResult(
                        status -> fixture.jdbc.update("delete from saga_history")))
                .hasMessageContaining("saga_history is append-only");
    }

    /** The goods were reserved, and their release was not answered for longer than it may take. */
    private SagaId cannotBeUndone() {
        var saga = fixture.start(1).getFirst();
        fixture.replies.run(List.of(fixture.reply(saga, "reserve-inventory", new Reserved(TOTAL))));
        awaitStatus(saga, SagaStatus.COMPENSATING);
        var undo = MessageKey.ofStep(saga, "charge-payment", 1).undo();
        fixture.replies.run(List.of(fixture.reply(undo, new Undone(), Hlc.ZERO)));
        awaitStatus(saga, SagaStatus.NEEDS_ATTENTION);
        return saga;
    }

    private void awaitStatus(SagaId saga, SagaStatus status) {
        Awaitility.await().until(() -> {
            fixture.timers.sweep();
            return status(saga) == status;
        });
    }

    private OperatorOutcome operate(SagaId saga, Operation operation) {
        return fixture.operator.operate(request(saga, revision(saga), operation));
    }

    private static OperatorRequest request(SagaId saga, long revision, Operation operation) {
        return new OperatorRequest(saga, revision, operation, "ada", "the shelf is empty");
    }

    private long revision(SagaId saga) {
        return fixture.engine.find(saga).orElseThrow().saga().revision();
    }

    private SagaStatus status(SagaId saga) {
        return fixture.engine.find(saga).orElseThrow().saga().status();
    }
}
