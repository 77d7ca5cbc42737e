package shop.checkout.message;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What consumers deduplicate by: the saga and the message's name within it, such as {@code 0199…/charge-payment/undo}.
 *
 * <p>It is derived, never random: a command that is sent again after a timeout, a crash or a replay has the same key.
 */
public record MessageKey(SagaId sagaId, String name) implements Comparable<MessageKey> {

    private static final Pattern ATTEMPT = Pattern.compile("#([1-9][0-9]{0,8})(?:/|$)");
    private static final String UNDO = "/undo";
    private static final String BY_HAND = "/by-hand";
    private static final String REPLY = "/reply";

    public MessageKey {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("message name must have 1 to 200 characters: '" + name + "'");
        }
    }

    /** The key of a step's command; attempts after the first are numbered, {@code charge-payment#2}. */
    public static MessageKey ofStep(SagaId sagaId, String step, int attempt) {
        return new MessageKey(sagaId, attempt == 1 ? step : step + "#" + attempt);
    }

    /** @throws IllegalArgumentException when the text is not {@code <uuid>/<name>} */
    public static MessageKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("message key must look like <saga id>/<name>: '" + text + "'");
        }
        return new MessageKey(SagaId.parse(text.substring(0, slash)), text.substring(slash + 1));
    }

    /** Of a step's command or its compensation: which attempt of the step, from 1. */
    public int attempt() {
        var number = ATTEMPT.matcher(name);
        return number.find() ? Integer.parseInt(number.group(1)) : 1;
    }

    public MessageKey undo() {
        return new MessageKey(sagaId, name + UNDO);
    }

    /** Of a compensation: the key of the message that a person has done it by hand. */
    public MessageKey byHand() {
        return new MessageKey(sagaId, name + BY_HAND);
    }

    public boolean isByHand() {
        return name.endsWith(UNDO + BY_HAND);
    }

    public boolean isUndo() {
        return name.endsWith(UNDO) || isByHand();
    }

    /** Of a compensation: the command that it undoes. */
    public MessageKey undone() {
        if (!isUndo()) {
            throw new IllegalStateException(this + " is not the key of a compensation");
        }
        return new MessageKey(sagaId, name.substring(0, name.lastIndexOf(UNDO)));
    }

    /**
     * What need not be acted on any more once this message has been: of a compensation its command, of the news that one was
     * done by hand the compensation too; of the replies to them, the replies to those.
     */
    public List<MessageKey> makesNeedless() {
        if (isReply()) {
            return answered().makesNeedless().stream().map(MessageKey::reply).toList();
        }
        if (isByHand()) {
            return List.of(undone(), undone().undo());
        }
        return isUndo() ? List.of(undone()) : List.of();
    }

    public MessageKey reply() {
        return new MessageKey(sagaId, name + REPLY);
    }

    public boolean isReply() {
        return name.endsWith(REPLY);
    }

    /** Of a reply: the command that it answers. */
    public MessageKey answered() {
        if (!isReply()) {
            throw new IllegalStateException(this + " is not the key of a reply");
        }
        return new MessageKey(sagaId, name.substring(0, name.length() - REPLY.length()));
    }

    @Override
    public int compareTo(MessageKey other) {
        int bySaga = sagaId.compareTo(other.sagaId);
        return bySaga != 0 ? bySaga : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return sagaId + "/" + name;
    }
}
