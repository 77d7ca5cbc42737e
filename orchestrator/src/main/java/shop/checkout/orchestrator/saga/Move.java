package shop.checkout.orchestrator.saga;

import java.util.List;
import java.util.Optional;
import shop.checkout.message.Command;
import shop.checkout.message.Event;
import shop.checkout.message.MessageKey;

/**
 * What a piece of news led to. All of it is stored in one transaction or none.
 *
 * @param saga as it is afterwards
 * @param commands to send
 * @param event to publish
 * @param entry to add to the history; empty if and only if the verdict is {@link Verdict#NOTHING_DUE}
 */
public record Move<S>(
        Saga<S> saga,
        Verdict verdict,
        List<Outgoing> commands,
        Optional<Announced> event,
        Optional<HistoryEntry> entry) {

    /** A command under its key; sent again it has the same key and the next number. */
    public record Outgoing(MessageKey key, Command<?> command, int send) {}

    /** A public event; its key is numbered by the history. */
    public record Announced(MessageKey key, Event event) {}

    public Move {
        commands = List.copyOf(commands);
    }
}
