package shop.checkout.intent;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import shop.checkout.message.MessageKey;

/** Several kinds of remote effects as one, because a service's intents are rows of one table. Each knows its own commands. */
final class CombinedEffect implements RemoteEffect<CombinedEffect.Task<?, ?>, CombinedEffect.Result<?, ?>> {

    /** What is to be called, and of which kind it is. */
    record Task<T, O>(RemoteEffect<T, O> kind, T task) {

        Result<T, O> call(MessageKey command) throws Exception {
            return new Result<>(kind, kind.call(command, task));
        }
    }

    /** What came of a call, and of which kind it was. */
    record Result<T, O>(RemoteEffect<T, O> kind, O outcome) {}

    private final List<RemoteEffect<?, ?>> kinds;

    CombinedEffect(List<RemoteEffect<?, ?>> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    @Override
    public Map<MessageKey, Task<?, ?>> known(Collection<MessageKey> commands) {
        var tasks = new LinkedHashMap<MessageKey, Task<?, ?>>();
        kinds.forEach(kind -> tasks.putAll(known(kind, commands)));
        return tasks;
    }

    @Override
    public Map<MessageKey, Task<?, ?>> load(Collection<MessageKey> commands) {
        var tasks = new LinkedHashMap<MessageKey, Task<?, ?>>();
        kinds.forEach(kind -> tasks.putAll(load(kind, commands)));
        return tasks;
    }

    @Override
    public Result<?, ?> call(MessageKey command, Task<?, ?> task) throws Exception {
        return task.call(command);
    }

    @Override
    public Map<MessageKey, Object> settle(Map<MessageKey, Result<?, ?>> outcomes, IntentRecorder followUps) {
        var replies = new LinkedHashMap<MessageKey, Object>();
        kinds.forEach(kind -> replies.putAll(settle(kind, outcomes, followUps)));
        return replies;
    }

    private static <T, O> Map<MessageKey, Task<?, ?>> known(RemoteEffect<T, O> kind, Collection<MessageKey> commands) {
        return tasks(kind, kind.known(commands));
    }

    private static <T, O> Map<MessageKey, Task<?, ?>> load(RemoteEffect<T, O> kind, Collection<MessageKey> commands) {
        return tasks(kind, kind.load(commands));
    }

    private static <T, O> Map<MessageKey, Task<?, ?>> tasks(RemoteEffect<T, O> kind, Map<MessageKey, T> loaded) {
        var tasks = new LinkedHashMap<MessageKey, Task<?, ?>>();
        loaded.forEach((command, task) -> tasks.put(command, new Task<>(kind, task)));
        return tasks;
    }

    @SuppressWarnings("unchecked") // a result has its kind's type of outcome
    private static <T, O> Map<MessageKey, Object> settle(
            RemoteEffect<T, O> kind, Map<MessageKey, Result<?, ?>> outcomes, IntentRecorder followUps) {
        var own = new LinkedHashMap<MessageKey, O>();
        outcomes.forEach((command, result) -> {
            if (result.kind == kind) {
                own.put(command, (O) result.outcome);
            }
        });
        return own.isEmpty() ? Map.of() : kind.settle(own, followUps);
    }
}
