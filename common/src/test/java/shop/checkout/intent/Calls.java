package shop.checkout.intent;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Undone;

/** A remote effect whose calls a test decides; all that were made are listed. */
final class Calls implements RemoteEffect<String, String> {

    @FunctionalInterface
    interface Counterpart {
        String call(MessageKey command, int attempt) throws Exception;
    }

    private final Counterpart counterpart;
    private final Map<MessageKey, AtomicInteger> made = new ConcurrentHashMap<>();
    private final Set<MessageKey> obsolete = ConcurrentHashMap.newKeySet();
    private final Map<MessageKey, MessageKey> followUps = new ConcurrentHashMap<>();
    private final Set<MessageKey> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<MessageKey> unwritable = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<MessageKey> settled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    Calls(Counterpart counterpart) {
        this.counterpart = counterpart;
    }

    int made(MessageKey command) {
        return made.getOrDefault(command, new AtomicInteger()).get();
    }

    List<MessageKey> settled() {
        return List.copyOf(settled);
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    void obsolete(MessageKey command) {
        obsolete.add(command);
    }

    /** What it asks for cannot be read, whatever else is read with it. */
    void unreadable(MessageKey command) {
        unreadable.add(command);
    }

    /** Whose outcome leads to another call. */
    void leadsTo(MessageKey command, MessageKey followUp) {
        followUps.put(command, followUp);
    }

    /** Whose outcome cannot be written, whatever else is in its batch. */
    void unwritable(MessageKey command) {
        unwritable.add(command);
    }

    void writable(MessageKey command) {
        unwritable.remove(command);
    }

    /** What follows from an outcome is written down by the transaction that settles that, and need not be read. */
    @Override
    public Map<MessageKey, String> known(Collection<MessageKey> commands) {
        return commands.stream().filter(followUps::containsValue).collect(toMap(it -> it, _ -> "task"));
    }

    @Override
    public Map<MessageKey, String> load(Collection<MessageKey> commands) {
        commands.stream().filter(unreadable::contains).findFirst().ifPresent(command -> {
            throw new IllegalStateException(command + " cannot be read");
        });
        var wanted = new LinkedHashMap<MessageKey, String>();
        commands.stream().filter(it -> !obsolete.contains(it)).forEach(it -> wanted.put(it, "task"));
        return wanted;
    }

    @Override
    public String call(MessageKey command, String task) throws Exception {
        mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            int attempt =
                    made.computeIfAbsent(command, _ -> new AtomicInteger()).incrementAndGet();
            return counterpart.call(command, attempt);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public Map<MessageKey, Object> settle(Map<MessageKey, String> outcomes, IntentRecorder recorder) {
        outcomes.keySet().stream().filter(unwritable::contains).findFirst().ifPresent(command -> {
            throw new IllegalStateException(command + " cannot be written");
        });
        var replies = new LinkedHashMap<MessageKey, Object>();
        outcomes.keySet().forEach(command -> {
            settled.add(command);
            replies.put(command, new Undone());
        });
        recorder.record(outcomes.keySet().stream()
                .filter(followUps::containsKey)
                .map(followUps::get)
                .toList());
        return replies;
    }
}
