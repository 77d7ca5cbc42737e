package shop.checkout.participant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import shop.checkout.message.Command;
import shop.checkout.message.Event;
import shop.checkout.message.MessageKey;

/**
 * Pairs each command with the handler that answers it; the compiler checks that they fit. A handler decides in memory, on
 * its workspace, and is called once for each message key.
 *
 * @param <W> what the handlers work on
 */
public final class CommandHandlers<W> {

    /** Answers a command. The key identifies the effect: a ledger row or a call to the outside world carries it. */
    @FunctionalInterface
    public interface Handler<W, C extends Command<R>, R> {
        Answer<R> handle(W workspace, C command, MessageKey key);
    }

    /** Acts on an event. */
    @FunctionalInterface
    public interface EventHandler<W, E extends Event> {
        void handle(W workspace, E event, MessageKey key);
    }

    private interface Dispatch<W> {
        Answer<?> handle(W workspace, Object body, MessageKey key);
    }

    private final Workspaces<W> workspaces;
    private final Map<Class<?>, Dispatch<W>> handlers = new LinkedHashMap<>();

    private CommandHandlers(Workspaces<W> workspaces) {
        this.workspaces = workspaces;
    }

    public static <W> CommandHandlers<W> in(Workspaces<W> workspaces) {
        return new CommandHandlers<>(workspaces);
    }

    public <C extends Command<R>, R> CommandHandlers<W> on(Class<C> command, Handler<W, C, R> handler) {
        return register(command, (workspace, body, key) -> handler.handle(workspace, command.cast(body), key));
    }

    public <E extends Event> CommandHandlers<W> onEvent(Class<E> event, EventHandler<W, E> handler) {
        return register(event, (workspace, body, key) -> {
            handler.handle(workspace, event.cast(body), key);
            return Answer.later();
        });
    }

    /**
     * These handlers and others that work elsewhere, for one topic. A batch opens the workspaces it needs: these first, and
     * writes them in the same order.
     */
    public <V> CommandHandlers<Both<W, V>> and(CommandHandlers<V> others) {
        var both = in(Both.of(this, others));
        handlers.forEach((type, handler) ->
                both.register(type, (workspace, body, key) -> handler.handle(workspace.needFirst(), body, key)));
        others.handlers.forEach((type, handler) ->
                both.register(type, (workspace, body, key) -> handler.handle(workspace.needSecond(), body, key)));
        return both;
    }

    Workspaces<W> workspaces() {
        return workspaces;
    }

    Set<Class<?>> types() {
        return Set.copyOf(handlers.keySet());
    }

    Answer<?> handle(W workspace, Object body, MessageKey key) {
        var handler = handlers.get(body.getClass());
        if (handler == null) {
            throw new IllegalArgumentException(
                    key + ": nothing here handles " + body.getClass().getSimpleName());
        }
        return handler.handle(workspace, body, key);
    }

    private CommandHandlers<W> register(Class<?> type, Dispatch<W> handler) {
        if (handlers.putIfAbsent(type, handler) != null) {
            throw new IllegalArgumentException(type.getSimpleName() + " has two handlers");
        }
        return this;
    }
}
