package shop.checkout.e2e.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.e2e.guarantee.Run.COMPLETED;
import static shop.checkout.e2e.guarantee.Run.REJECTED;
import static shop.checkout.e2e.guarantee.Run.assertFound;
import static shop.checkout.e2e.guarantee.Run.change;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shop.checkout.e2e.guarantee.Evidence.Audited;
import shop.checkout.e2e.guarantee.Evidence.History;
import shop.checkout.e2e.guarantee.Evidence.Order;
import shop.checkout.e2e.guarantee.Evidence.Pending;
import shop.checkout.e2e.guarantee.Evidence.Request;
import shop.checkout.e2e.guarantee.Evidence.Saga;

/** Checkouts that are lost, doubled, stuck or not undone are found, with an id to look for. */
class SagaRulesTest {

    private static final UUID NOBODY = new UUID(0x0199, 99);

    @Test
    void findsAnAcknowledgedCheckoutThatIsGone() {
        assertFound("G3", NOBODY, run -> run.requests.add(new Request("key-3", Set.of(NOBODY))));
    }

    @Test
    void acceptsARequestWhoseAnswerWasLost() {
        var run = Run.flawless();

        run.requests.add(new Request("key-3", Set.of()));

        assertThat(GuaranteeChecker.judge(run.evidence())).isEmpty();
    }

    @Test
    void findsWhatAPersonDidAndTheAuditLacks() {
        assertFound("G13", COMPLETED, run -> operated(run, COMPLETED, 2));
    }

    @Test
    void findsAnAuditRowOfWhatNeverHappened() {
        assertFound("G13", COMPLETED, run -> run.audit.add(new Audited(COMPLETED, 2)));
    }

    @Test
    void findsWhatIsAuditedTwice() {
        assertFound("G13", COMPLETED, run -> {
            operated(run, COMPLETED, 2);
            run.audit.add(new Audited(COMPLETED, 2));
            run.audit.add(new Audited(COMPLETED, 2));
        });
    }

    @Test
    void acceptsWhatAPersonDidOnce() {
        var run = Run.flawless();

        operated(run, COMPLETED, 2);
        run.audit.add(new Audited(COMPLETED, 2));

        assertThat(GuaranteeChecker.judge(run.evidence())).isEmpty();
    }

    @Test
    void findsASagaThatDoesNotEnd() {
        assertFound("G3", COMPLETED, run -> status(run, COMPLETED, "RUNNING"));
    }

    @Test
    void findsASagaThatNobodyAskedFor() {
        assertFound("G3", COMPLETED, run -> run.orders.removeIf(it -> it.saga().equals(COMPLETED)));
    }

    @Test
    void findsTwoSagasOfOneKey() {
        assertFound(
                "G4",
                "key-1",
                run -> change(
                        run.orders, it -> it.saga().equals(REJECTED), it -> new Order(it.scope(), "key-1", it.saga())));
    }

    @Test
    void findsTwoAnswersToOneKey() {
        assertFound("G4", "key-1", run -> run.requests.set(0, new Request("key-1", Set.of(COMPLETED, REJECTED))));
    }

    @Test
    void findsARejectedSagaThatLeftAStepDone() {
        assertFound("G9", REJECTED, run -> steps(run, REJECTED, Map.of("charge-payment", "DONE")));
    }

    @Test
    void findsUndosInTheWrongOrder() {
        assertFound(
                "G9",
                REJECTED,
                run -> saga(
                        run,
                        REJECTED,
                        it -> new Saga(
                                it.id(), it.status(), it.total(), it.returns(), reversed(it.steps()), it.history())));
    }

    @Test
    void findsATimerWithoutAnOpenSaga() {
        assertFound("G11", COMPLETED, run -> run.pending.add(new Pending("timer", COMPLETED)));
    }

    @Test
    void findsAnOpenSagaThatNothingWillMove() {
        assertFound("G11", COMPLETED, run -> status(run, COMPLETED, "RUNNING"));
    }

    @Test
    void findsAMoveAfterTheEnd() {
        assertFound(
                "G12",
                COMPLETED,
                run -> history(run, COMPLETED, lines -> {
                    var more = new History(lines.getLast().seq() + 1, "REPLIED", "APPLIED", "COMPLETED", List.of());
                    return Stream.concat(lines.stream(), Stream.of(more)).toList();
                }));
    }

    private static void status(Run run, UUID saga, String to) {
        saga(run, saga, it -> new Saga(it.id(), to, it.total(), it.returns(), it.steps(), it.history()));
    }

    private static void steps(Run run, UUID saga, Map<String, String> to) {
        saga(run, saga, it -> new Saga(it.id(), it.status(), it.total(), it.returns(), to, it.history()));
    }

    private static void history(Run run, UUID saga, UnaryOperator<List<History>> to) {
        saga(
                run,
                saga,
                it -> new Saga(it.id(), it.status(), it.total(), it.returns(), it.steps(), to.apply(it.history())));
    }

    private static void saga(Run run, UUID saga, UnaryOperator<Saga> to) {
        change(run.sagas, it -> it.id().equals(saga), to);
    }

    private static Map<String, String> reversed(Map<String, String> steps) {
        var reversed = new LinkedHashMap<String, String>();
        List.copyOf(steps.keySet()).reversed().forEach(step -> reversed.put(step, String.valueOf(steps.get(step))));
        return reversed;
    }

    /** A line of the saga's history is a person's doing. */
    private static void operated(Run run, UUID saga, long seq) {
        change(
                run.sagas,
                it -> it.id().equals(saga),
                it -> new Saga(
                        it.id(),
                        it.status(),
                        it.total(),
                        it.returns(),
                        it.steps(),
                        it.history().stream()
                                .map(line -> line.seq() == seq
                                        ? new History(seq, "OPERATED", line.verdict(), line.status(), line.changes())
                                        : line)
                                .toList()));
    }
}
