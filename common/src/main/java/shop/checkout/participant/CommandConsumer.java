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
import shop.checkout.trace.Processing;
import shop.checkout.trace.Traces;

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
    private final Traces traces;
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
            Traces traces,
            DuplicateCounter duplicates) {
        this.handlers = handlers;
        this.reader = new RecordReader(codec);
        this.inbox = inbox;
        this.outbox = outbox;
        this.intents = intents;
        this.clock = clock;
        this.traces = traces;
        this.duplicates = duplicates;
        this.wireNames = handlers.types().stream().map(codec::wireName).collect(Collectors.toSet());
    }

    /** A message, and the record that it came in. */
    private record Arrival(ConsumerRecord<String, byte[]> kafkaRecord, Received<?> message, Processing processing) {

        MessageKey key() {
            return message.key();
        }

        static Arrival sentMoreOften(Arrival a, Arrival b) {
            return b.message.send() > a.message.send() ? b : a;
        }
    }

    @Override
    public List<NotYet> handle(List<ConsumerRecord<String, byte[]>> batch) {
        var arrived = batch.stream().filter(this::concernsUs).map(this::arrival).toList();
        var messages = new LinkedHashMap<MessageKey, Arrival>();
        for (var arrival : arrived) {
            clock.observe(arrival.message.hlc());
            messages.merge(arrival.key(), arrival, Arrival::sentMoreOften);
        }
        var known = inbox.find(messages.keySet());
        duplicates.dropped(arrived.size() - messages.size() + known.size());
        arrived.stream()
                .filter(arrival -> arrival.processing.isRecorded())
                .filter(arrival -> known.containsKey(arrival.key()) || messages.get(arrival.key()) != arrival)
                .forEach(arrival -> arrival.processing.note("duplicate"));
        var act = actOnNew(messages.values().stream()
                .filter(arrival -> !known.containsKey(arrival.key()))
                .toList());
        var replies = new ArrayList<>(act.replies());
        replies.addAll(answerAgain(known, messages.values()));
        outbox.append(replies);
        return act.notYet;
    }

    private Arrival arrival(ConsumerRecord<String, byte[]> kafkaRecord) {
        var message = reader.read(kafkaRecord);
        return new Arrival(kafkaRecord, message, traces.process(kafkaRecord, message));
    }

    /** An event that nothing here listens to is none of our business, even if it cannot be read; a command always is. */
    private boolean concernsUs(ConsumerRecord<String, byte[]> kafkaRecord) {
        if (!kafkaRecord.topic().endsWith(".events")) {
            return true;
        }
        var type = kafkaRecord.headers().lastHeader(Headers.TYPE);
        return type != null && wireNames.contains(new String(type.value(), UTF_8));
    }

    /** What came of the new messages of a batch. */
    private record Act(List<InboxEntry> entries, List<MessageKey> later, List<NotYet> notYet) {

        void take(Arrival arrival, Answer<?> answer) {
            switch (answer) {
                case Answer.Now<?>(var reply) -> acted(arrival, Optional.of(reply));
                case Answer.SupersededByUndo<?>() -> {
                    arrival.processing.note("superseded");
                    acted(arrival, Optional.of(new Superseded()));
                }
                case Answer.Later<?>() -> acted(arrival, Optional.empty());
                case Answer.NotYet<?>(var reason) -> {
                    arrival.processing.note("not yet");
                    notYet.add(new NotYet(arrival.kafkaRecord, reason));
                }
            }
        }

        private void acted(Arrival arrival, Optional<Object> reply) {
            var message = arrival.message;
            entries.add(InboxEntry.first(message.key(), message.replyTo(), message.send(), reply)
                    .traced(arrival.processing.context()));
            if (reply.isEmpty() && message.body() instanceof Command) {
                later.add(message.key());
            }
        }

        List<Message> replies() {
            return entries.stream()
                    .flatMap(entry -> Inbox.reply(entry).stream())
                    .toList();
        }
    }

    private Act actOnNew(List<Arrival> arrivals) {
        var act = new Act(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (arrivals.isEmpty()) {
            return act;
        }
        var workspace = handlers.workspaces()
                .open(arrivals.stream().<Received<?>>map(Arrival::message).toList());
        for (var arrival : arrivals) {
            var message = arrival.message;
            act.take(arrival, handlers.handle(workspace, message.body(), message.key()));
        }
        handlers.workspaces().save(workspace);
        inbox.insert(act.entries);
        intents.record(act.later);
        return act;
    }

    private List<Message> answerAgain(Map<MessageKey, InboxEntry> known, Collection<Arrival> arrivals) {
        var again = arrivals.stream()
                .map(Arrival::message)
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
