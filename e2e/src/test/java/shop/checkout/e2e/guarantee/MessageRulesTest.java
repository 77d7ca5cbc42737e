package shop.checkout.e2e.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.e2e.guarantee.Run.COMPLETED;
import static shop.checkout.e2e.guarantee.Run.REJECTED;
import static shop.checkout.e2e.guarantee.Run.assertFound;
import static shop.checkout.e2e.guarantee.Run.change;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import shop.checkout.e2e.guarantee.Evidence.Delivered;
import shop.checkout.e2e.guarantee.Evidence.History;
import shop.checkout.e2e.guarantee.Evidence.Saga;

/** Messages that are lost, invented, out of order or too many are found, with an id to look for. */
class MessageRulesTest {

    @Test
    void findsAMessageThatWasNeverPublished() {
        assertFound("G5", COMPLETED, run -> run.delivered.removeFirst());
    }

    @Test
    void findsAMessageThatWasNeverCommitted() {
        assertFound("G5", COMPLETED, run -> run.outbox.removeFirst());
    }

    @Test
    void findsMessagesOfASagaOutOfOrder() {
        assertFound("G7", COMPLETED, run -> {
            var charges = run.delivered.stream()
                    .filter(it -> it.key().equals(new Evidence.MessageKey(COMPLETED, "charge-payment")))
                    .toList();
            int first = run.delivered.indexOf(charges.getFirst());
            int second = run.delivered.indexOf(charges.getLast());
            run.delivered.set(first, charges.getLast());
            run.delivered.set(second, charges.getFirst());
        });
    }

    @Test
    void acceptsAMessagePublishedAgain() {
        var run = Run.flawless();

        run.delivered.add(run.delivered.getFirst());

        assertThat(GuaranteeChecker.judge(run.evidence())).isEmpty();
    }

    @Test
    void findsASagaInTwoPartitions() {
        assertFound("G7", REJECTED, run -> last(run, it -> delivered(it, 7, it.hlc(), 1)));
    }

    @Test
    void findsAnEffectThatIsNotLaterThanItsCause() {
        assertFound("G8", REJECTED, run -> last(run, it -> delivered(it, it.partition(), it.hlc() - 1, 1)));
    }

    @Test
    void findsTheRecordsOfAStaleLeader() {
        assertFound("G10", COMPLETED, run -> {
            var first = run.delivered.getFirst();
            run.delivered.set(0, delivered(first, first.partition(), first.hlc(), 2));
            run.delivered.add(first);
        });
    }

    @Test
    void findsACommandSentMoreOftenThanAskedFor() {
        assertFound(
                "G16",
                COMPLETED,
                run -> history(
                        run,
                        COMPLETED,
                        lines -> lines.stream().filter(line -> line.seq() != 3).toList()));
    }

    @Test
    void findsARowPublishedWithoutMeasure() {
        assertFound("G16", COMPLETED, run -> run.delivered.addAll(Collections.nCopies(3, run.delivered.getFirst())));
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

    /** Changes the last record, which belongs to the rejected saga. */
    private static void last(Run run, UnaryOperator<Delivered> to) {
        run.delivered.set(run.delivered.size() - 1, to.apply(run.delivered.getLast()));
    }

    private static Delivered delivered(Delivered it, int partition, long hlc, long token) {
        return new Delivered(
                it.source(),
                it.topic(),
                partition,
                it.offset(),
                it.recordKey(),
                it.key(),
                it.send(),
                hlc,
                token,
                it.cause());
    }
}
