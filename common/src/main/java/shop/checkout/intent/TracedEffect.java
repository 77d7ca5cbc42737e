package shop.checkout.intent;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import shop.checkout.inbox.Inbox;
import shop.checkout.message.MessageKey;
import shop.checkout.message.TraceParent;
import shop.checkout.trace.Traces;

/** Has calls to the outside world show in the traces of the commands that asked for them. */
final class TracedEffect<T, O> implements RemoteEffect<TracedEffect.Task<T>, O> {

    /** What is to be called, and as a part of what. */
    record Task<T>(T task, Optional<TraceParent> traceParent) {}

    private final RemoteEffect<T, O> effect;
    private final String counterpart;
    private final Traces traces;
    private final Inbox inbox;

    TracedEffect(RemoteEffect<T, O> effect, String counterpart, Traces traces, Inbox inbox) {
        this.effect = effect;
        this.counterpart = counterpart;
        this.traces = traces;
        this.inbox = inbox;
    }

    @Override
    public Map<MessageKey, Task<T>> known(Collection<MessageKey> commands) {
        return traced(effect.known(commands), traces::processing);
    }

    @Override
    public Map<MessageKey, Task<T>> load(Collection<MessageKey> commands) {
        var tasks = effect.load(commands);
        var received = received(tasks.keySet());
        return traced(tasks, command -> Optional.ofNullable(received.get(command)));
    }

    @Override
    public O call(MessageKey command, Task<T> task) throws Exception {
        return traces.call(counterpart, command, task.traceParent, () -> effect.call(command, task.task));
    }

    /** What follows is known without being loaded, and no message of this transaction. */
    @Override
    public Map<MessageKey, Object> settle(Map<MessageKey, O> outcomes, IntentRecorder followUps) {
        return effect.settle(outcomes, commands -> {
            traces.goOn(received(commands));
            followUps.record(commands);
        });
    }

    /** In which spans commands were acted on, of those that are part of a trace. */
    private Map<MessageKey, TraceParent> received(Collection<MessageKey> commands) {
        var contexts = new LinkedHashMap<MessageKey, TraceParent>();
        inbox.find(commands)
                .forEach((command, entry) -> entry.traceParent().ifPresent(it -> contexts.put(command, it)));
        return contexts;
    }

    private static <T> Map<MessageKey, Task<T>> traced(
            Map<MessageKey, T> tasks, Function<MessageKey, Optional<TraceParent>> context) {
        var traced = new LinkedHashMap<MessageKey, Task<T>>();
        tasks.forEach((command, task) -> traced.put(command, new Task<>(task, context.apply(command))));
        return traced;
    }
}
