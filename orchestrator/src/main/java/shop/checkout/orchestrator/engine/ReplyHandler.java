package shop.checkout.orchestrator.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import shop.checkout.codec.Received;
import shop.checkout.codec.RecordReader;
import shop.checkout.consumer.BatchHandler;
import shop.checkout.consumer.NotYet;
import shop.checkout.orchestrator.breaker.Breakers;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Verdict;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Processing;
import shop.checkout.trace.Traces;

/**
 * Tells sagas what participants have answered: a whole batch with one read, and one write of each saga. A reply that no saga
 * waits for changes nothing, so duplicates need no inbox.
 */
final class ReplyHandler implements BatchHandler {

    private final RecordReader reader;
    private final Sagas sagas;
    private final SagaStore store;
    private final Breakers breakers;
    private final HybridClock clock;
    private final Traces traces;

    ReplyHandler(
            RecordReader reader, Sagas sagas, SagaStore store, Breakers breakers, HybridClock clock, Traces traces) {
        this.reader = reader;
        this.sagas = sagas;
        this.store = store;
        this.breakers = breakers;
        this.clock = clock;
        this.traces = traces;
    }

    /** A reply, and where it stood. */
    private record Reply(ConsumerRecord<String, byte[]> kafkaRecord, Received<?> received, Processing processing) {}

    /** Sagas hear their replies in the order of the batch. Replies to sagas that are not there are to be tried again. */
    @Override
    public List<NotYet> handle(List<ConsumerRecord<String, byte[]>> batch) {
        var replies = batch.stream().map(this::reply).toList();
        replies.forEach(reply -> clock.observe(reply.received.hlc()));
        var runs = sagas.lockKnown(replies.stream()
                .map(reply -> reply.received.key().sagaId())
                .distinct()
                .toList());
        var missing = new ArrayList<NotYet>();
        for (var reply : replies) {
            var run = runs.get(reply.received.key().sagaId());
            if (run == null) {
                reply.processing.note("not yet");
                // a commit can be published a moment before other sessions see its rows, or a newer build has made it
                missing.add(new NotYet(
                        reply.kafkaRecord,
                        "this build knows no saga " + reply.received.key().sagaId()));
            } else {
                tell(run, reply);
            }
        }
        store.update(List.copyOf(runs.values()));
        breakers.noteAnswers(
                runs.values().stream().flatMap(run -> run.answered().stream()).toList());
        return missing;
    }

    private Reply reply(ConsumerRecord<String, byte[]> kafkaRecord) {
        var received = reader.read(kafkaRecord);
        return new Reply(kafkaRecord, received, traces.process(kafkaRecord, received));
    }

    private void tell(SagaRun<?> run, Reply reply) {
        var key = reply.received.key();
        var command = key.answered();
        var body = reply.received.body();
        var verdict = run.hear(now -> new News.Replied(now, command, body), Optional.of(key), breakers.heldBack());
        if (verdict == Verdict.IGNORED) {
            reply.processing.note("ignored");
        }
    }
}
