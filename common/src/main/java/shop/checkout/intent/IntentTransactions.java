package shop.checkout.intent;

import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.inbox.Inbox;
import shop.checkout.message.MessageKey;
import shop.checkout.outbox.Outbox;

/** What both ends of an intent write in their transactions. */
record IntentTransactions<O>(TransactionTemplate transaction, Intents intents, Inbox inbox, Outbox outbox) {

    /** Within a transaction: the intents are settled and their commands answered. */
    void answer(Map<MessageKey, O> outcomes, Map<MessageKey, Object> replies) {
        outbox.append(inbox.answer(replies));
        intents.delete(outcomes.keySet());
    }
}
