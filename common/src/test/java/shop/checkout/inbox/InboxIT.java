package shop.checkout.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;
import shop.checkout.message.Undone;

class InboxIT {

    private static final String REPLIES = "checkout.replies";
    private static final MessageKey CHARGE = MessageKey.ofStep(Arrived.newSaga(), "charge-payment", 1);
    private static final MessageKey SHIP = MessageKey.ofStep(Arrived.newSaga(), "create-shipment", 1);

    private final TestDatabase database = TestDatabase.emptied();
    private final Inbox inbox = database.inbox();

    @Test
    void remembersWhatWasAnswered() {
        var entry = InboxEntry.first(CHARGE, Optional.of(REPLIES), 2, Optional.of(new Charged("pi_1")));

        database.commit(() -> inbox.insert(List.of(entry)));

        assertThat(inbox.find(List.of(CHARGE, SHIP))).isEqualTo(Map.of(CHARGE, entry));
        assertThat(Inbox.reply(entry)).contains(Message.reply(CHARGE, REPLIES, new Charged("pi_1"), 2));
    }

    @Test
    void knowsTheUndoFromItsCommand() {
        database.commit(() -> inbox.insert(List.of(unanswered(CHARGE))));

        assertThat(inbox.find(List.of(CHARGE.undo()))).isEmpty();
    }

    @Test
    void neverTakesAMessageTwice() {
        database.commit(() -> inbox.insert(List.of(unanswered(CHARGE))));

        assertThatThrownBy(() -> database.commit(() -> inbox.insert(List.of(unanswered(CHARGE), unanswered(SHIP)))))
                .isInstanceOf(ConcurrentDelivery.class)
                .satisfies(e -> assertThat(DatabaseTrouble.causes(e)).isTrue())
                .hasMessageContaining("1 of 2");

        assertThat(inbox.find(List.of(SHIP))).isEmpty();
    }

    @Test
    void letsOneOfTwoConsumersWinWhateverTheOrderOfTheirBatches() throws Exception {
        var entries = Stream.generate(() -> MessageKey.ofStep(Arrived.newSaga(), "charge-payment", 1))
                .limit(500)
                .map(InboxIT::unanswered)
                .toList();
        var reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);

        try (var consumers = Executors.newFixedThreadPool(2)) {
            var runs = consumers.invokeAll(List.of(inserting(entries), inserting(reversed)));
            var lost = new ArrayList<Throwable>();
            for (var run : runs) {
                try {
                    run.get();
                } catch (ExecutionException e) {
                    lost.add(e.getCause());
                }
            }

            assertThat(lost).singleElement().isInstanceOf(ConcurrentDelivery.class);
        }
        assertThat(database.texts("select count(*) from inbox")).containsExactly("500");
    }

    @Test
    void answersLaterWhatCouldNotBeAnsweredAtOnce() {
        database.commit(() -> inbox.insert(List.of(unanswered(CHARGE), unanswered(SHIP))));

        var replies = new ArrayList<Message>();
        database.commit(() -> replies.addAll(inbox.answer(Map.of(CHARGE, new Charged("pi_1")))));

        assertThat(replies).containsExactly(Message.reply(CHARGE, REPLIES, new Charged("pi_1"), 1));
        assertThat(inbox.find(List.of(CHARGE)).values())
                .containsExactly(new InboxEntry(
                        CHARGE, Optional.of(REPLIES), 1, 1, Optional.of(new Charged("pi_1")), Optional.empty()));
        assertThat(inbox.find(List.of(SHIP)).values()).containsExactly(unanswered(SHIP));
    }

    @Test
    void answersLaterWithinTheTraceOfTheCommand() {
        var trace = TraceParent.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        database.commit(() -> inbox.insert(List.of(unanswered(CHARGE).traced(trace), unanswered(SHIP))));

        var replies = new ArrayList<Message>();
        database.commit(() -> replies.addAll(inbox.answer(Map.of(CHARGE, new Undone(), SHIP, new Undone()))));

        assertThat(replies)
                .containsExactlyInAnyOrder(
                        Message.reply(CHARGE, REPLIES, new Undone(), 1).traced(trace),
                        Message.reply(SHIP, REPLIES, new Undone(), 1));
        assertThat(trace).isPresent();
    }

    @Test
    void answersUnderTheLatestSendNumber() {
        database.commit(() -> inbox.insert(List.of(unanswered(CHARGE))));
        database.commit(() -> inbox.sentAgain(List.of(unanswered(CHARGE).askedAgain(4))));

        var replies = new ArrayList<Message>();
        database.commit(() -> replies.addAll(inbox.answer(Map.of(CHARGE, new Undone()))));

        assertThat(replies).containsExactly(Message.reply(CHARGE, REPLIES, new Undone(), 4));
    }

    @Test
    void neverForgetsAHigherSendNumber() {
        database.commit(() -> inbox.insert(List.of(unanswered(CHARGE).askedAgain(4))));

        database.commit(() -> inbox.sentAgain(List.of(unanswered(CHARGE).askedAgain(3))));

        assertThat(inbox.find(List.of(CHARGE)).values())
                .containsExactly(unanswered(CHARGE).askedAgain(4));
    }

    @Test
    void refusesToAnswerWhatItHasNeverSeen() {
        assertThatThrownBy(() -> database.commit(() -> inbox.answer(Map.of(CHARGE, new Undone()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(CHARGE.toString());
    }

    @Test
    void sendsNoReplyThatNobodyAwaits() {
        var entry = InboxEntry.first(CHARGE, Optional.empty(), 1, Optional.of(new Undone()));

        assertThat(Inbox.reply(entry)).isEmpty();
    }

    private Callable<Void> inserting(List<InboxEntry> entries) {
        return () -> {
            database.commit(() -> inbox.insert(entries));
            return null;
        };
    }

    private static InboxEntry unanswered(MessageKey key) {
        return InboxEntry.first(key, Optional.of(REPLIES), 1, Optional.empty());
    }
}
