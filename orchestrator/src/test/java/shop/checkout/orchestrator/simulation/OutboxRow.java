package shop.checkout.orchestrator.simulation;

import shop.checkout.message.Command;
import shop.checkout.message.Event;
import shop.checkout.message.MessageKey;

/** A message as a transaction wrote it, with what has become of it so far. */
final class OutboxRow {

    private final int saga;
    private final MessageKey key;
    private final Object body;
    private final int send;
    private final Topic topic;
    private final int source;
    private int number = -1;
    private int published;
    private int handled;

    /**
     * @param key of a reply: that of the command that it answers
     * @param source the database
     */
    OutboxRow(int saga, MessageKey key, Object body, int send, Topic topic, int source) {
        this.saga = saga;
        this.key = key;
        this.body = body;
        this.send = send;
        this.topic = topic;
        this.source = source;
    }

    int saga() {
        return saga;
    }

    MessageKey key() {
        return key;
    }

    Object body() {
        return body;
    }

    int send() {
        return send;
    }

    Topic topic() {
        return topic;
    }

    int source() {
        return source;
    }

    // ---- what the judge knows

    void committed(int asNumber) {
        number = asNumber;
    }

    /** In the order of commits; negative if its transaction has not committed. */
    int number() {
        return number;
    }

    int published() {
        return published;
    }

    void publishedOnceMore() {
        published++;
    }

    int handled() {
        return handled;
    }

    void handledOnceMore() {
        handled++;
    }

    @Override
    public String toString() {
        var what = body.getClass().getSimpleName() + (send > 1 ? " (send " + send + ")" : "");
        boolean isReply = !(body instanceof Command) && !(body instanceof Event);
        return isReply ? what + " to " + key.name() : key.name() + ": " + what;
    }
}
