package shop.checkout.participant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.codec.Received;
import shop.checkout.codec.RecordReader;
import shop.checkout.consumer.BatchHandler;
import shop.checkout.consumer.NotYet;
import shop.checkout.inbox.Inbox;
import shop.checkout.inbox.InboxEntry;
import shop.checkout.intent.IntentRecorder;
import shop.checkout.message.Command;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Superseded;
import shop.checkout.outbox.Outbox;
import shop.checkout.time.HybridClock;

/**
 * Acts on a batch of commands and events: each message key once, in the order of its saga, all in the current transaction
 * together with the replies. A duplicate whose answer is known is answered again, with the same answer, if its sender asks
 * again (a higher send number); a mere replay stays silent.
 */
public final class CommandConsumer<W> implements BatchHandler {

    private final CommandHandlers<W> handlers;
    private final RecordReader reader;
    private final Inbox inbox;
    private final Outbox outbox;
    private final IntentRecorder intents;
    private final HybridClock clock;
    private final DuplicateCounter duplicates;
    private final Set<String> wireNames;

    /** Counts the messages that were dropped as duplicates. */
    @FunctionalInterface
    public interface DuplicateCounter {
        void dropped(int count);
    }

    public CommandConsumer(
            CommandHandlers<W> handlers,
            Codec codec,
            Inbox inbox,
            Outbox outbox,
            IntentRecorder intents,
            HybridClock clock,
            DuplicateCounter duplicates) {
        this.handlers = handlers;
        this.reader = new RecordReader(codec);
        this.inbox = inbox;
        this.outbox = outbox;
        this.intents = intents;
        this.clock = clock;
        this.duplicates = duplicates;
        this.wireNames = handlers.types().stream().map(codec::wireName).collect(Collectors.toSet());
    }

    @Override
    public List<NotYet> handle(List<ConsumerRecord<String, byte[]>> batch) {
        var arrived = batch.stream()
                .filter(this::concernsUs)
                .<Received<?>>map(reader::read)
                .toList();
        var messages = new LinkedHashMap<MessageKey, Received<?>>();
        for (var message : arrived) {
            clock.observe(message.hlc());
            messages.merge(message.key(), message, CommandConsumer::sentMoreOften);
        }
        var known = inbox.find(messages.keySet());
        duplicates.dropped(arrived.size() - messages.size() + known.size());
        var replies = new ArrayList<Message>();
        replies.addAll(actOnNew(messages.values().stream()
                .filter(message -> !known.containsKey(message.key()))
                .toList()));
        replies.addAll(answerAgain(known, messages.values()));
        outbox.append(replies);
        return List.of();
    }

    /** An event that nothing here listens to is none of our business, even if it cannot be read; a command always is. */
    private boolean concernsUs(ConsumerRecord<String, byte[]> kafkaRecord) {
        if (!kafkaRecord.topic().endsWith(".events")) {
            return true;
        }
        var type = kafkaRecord.headers().lastHeader(Headers.TYPE);
        return type != null && wireNames.contains(new String(type.value(), UTF_8));
    }

    private static Received<?> sentMoreOften(Received<?> a, Received<?> b) {
        return b.send() > a.send() ? b : a;
    }

    private List<Message> actOnNew(List<Received<?>> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        var workspace = handlers.workspaces().open(messages);
        var entries = new ArrayList<InboxEntry>();
        var later = new ArrayList<MessageKey>();
        for (var message : messages) {
            var reply = reply(handlers.handle(workspace, message.body(), message.key()));
            entries.add(InboxEntry.first(message.key(), message.replyTo(), message.send(), reply));
            if (reply.isEmpty() && message.body() instanceof Command) {
                later.add(message.key());
            }
        }
        handlers.workspaces().save(workspace);
        inbox.insert(entries);
        intents.record(later);
        return entries.stream().flatMap(entry -> Inbox.reply(entry).stream()).toList();
    }

    private static Optional<Object> reply(Answer<?> answer) {
        return switch (answer) {
            case Answer.Now<?>(var reply) -> Optional.of(reply);
            case Answer.SupersededByUndo<?>() -> Optional.of(new Superseded());
            case Answer.Later<?>() -> Optional.empty();
        };
    }

    private List<Message> answerAgain(Map<MessageKey, InboxEntry> known, Collection<Received<?>> messages) {
        var again = messages.stream()
                .flatMap(message -> Optional.ofNullable(known.get(message.key())).stream()
                        .filter(entry -> message.send() > entry.send())
                        .map(entry -> entry.askedAgain(message.send())))
                .sorted(Comparator.comparing(InboxEntry::key))
                .toList();
        inbox.sentAgain(again);
        intents.wake(again.stream()
                .filter(entry -> entry.reply().isEmpty())
                .map(InboxEntry::key)
                .toList());
        return again.stream().flatMap(entry -> Inbox.reply(entry).stream()).toList();
    }
}
