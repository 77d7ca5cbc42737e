package shop.checkout.orchestrator.simulation;

import java.util.List;
import java.util.Optional;
import shop.checkout.inbox.InboxEntry;
import shop.checkout.message.Event;
import shop.checkout.message.MessageKey;
import shop.checkout.orchestrator.simulation.Topic.Published;

/**
 * A service that does one step of the sagas, and may listen to their events: acts once on each message, answers again when
 * asked again.
 */
final class Participant {

    /** What it does when it is asked, by whatever means. */
    interface Business {

        /** Returns the reply, if it is known at once. */
        Optional<Object> act(Transaction transaction, OutboxRow command);

        /** It was asked again before there was an answer. */
        void askedAgain(Transaction transaction, MessageKey command);

        /** A person undoes, in the outside world, what is there of it. Returns whether there is anything to be undone. */
        boolean undoByHand(int saga, MessageKey command);

        /** Whether nothing is left to be done. */
        boolean isIdle();
    }

    private final World world;
    private final Topic replies;
    private final Business business;
    private final Table<MessageKey, InboxEntry> inbox;

    Participant(World world, Topic replies, Table<MessageKey, InboxEntry> inbox, Business business) {
        this.world = world;
        this.replies = replies;
        this.inbox = inbox;
        this.business = business;
    }

    Business business() {
        return business;
    }

    List<Published> handle(Transaction transaction, List<Published> batch) {
        for (var one : batch) {
            handle(transaction, one.row());
        }
        return List.of();
    }

    private void handle(Transaction transaction, OutboxRow message) {
        transaction.witness(message::handledOnceMore);
        var known = transaction.get(inbox, message.key());
        if (known == null || world.has(Mutant.NO_INBOX)) {
            act(transaction, message);
        } else if (message.send() > known.send()) {
            answerAgain(transaction, message, known.askedAgain(message.send()));
        } else {
            transaction.witness(() -> world.reached(Reached.DUPLICATE_DELIVERY));
        }
    }

    private void act(Transaction transaction, OutboxRow message) {
        if (world.isTraced()) {
            transaction.witness(() -> world.note(message.saga(), transaction.replica() + " acts on " + message));
        }
        var reply = message.body() instanceof Event ? hear(transaction, message) : business.act(transaction, message);
        var entry = InboxEntry.first(message.key(), Optional.empty(), message.send(), reply);
        transaction.put(inbox, message.key(), entry);
        answer(transaction, message.saga(), entry);
    }

    private Optional<Object> hear(Transaction transaction, OutboxRow event) {
        transaction.witness(() -> world.judge().heard(event));
        return Optional.empty();
    }

    private void answerAgain(Transaction transaction, OutboxRow message, InboxEntry entry) {
        transaction.put(inbox, message.key(), entry);
        if (entry.reply().isPresent()) {
            transaction.witness(() -> world.reached(Reached.ANSWERED_AGAIN));
            answer(transaction, message.saga(), entry);
        } else {
            business.askedAgain(transaction, message.key());
        }
    }

    private void answer(Transaction transaction, int saga, InboxEntry entry) {
        entry.reply().ifPresent(reply -> transaction.send(saga, entry.key(), reply, entry.send(), replies));
    }
}
