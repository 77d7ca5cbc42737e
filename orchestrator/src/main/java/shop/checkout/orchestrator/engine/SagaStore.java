package shop.checkout.orchestrator.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import shop.checkout.codec.Codec;
import shop.checkout.contract.Topics;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.orchestrator.saga.Move;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.outbox.Outbox;

/**
 * Writes what sagas have heard, done and said: their rows, their history and their messages, three statements for any number
 * of sagas. Joins the current transaction.
 *
 * <p>The row is written last and so has the greatest hybrid timestamp: whatever happens to the saga next is later than all
 * that it has caused so far.
 */
final class SagaStore {

    private static final Logger log = LoggerFactory.getLogger(SagaStore.class);

    private final Sagas sagas;
    private final SagaHistory history;
    private final Outbox outbox;
    private final Codec codec;
    private final List<SagaListener> listeners;

    SagaStore(Sagas sagas, SagaHistory history, Outbox outbox, Codec codec, List<SagaListener> listeners) {
        this.sagas = sagas;
        this.history = history;
        this.outbox = outbox;
        this.codec = codec;
        this.listeners = List.copyOf(listeners);
    }

    void insert(List<SagaRun<?>> runs) {
        if (!runs.isEmpty()) {
            writeWhatHappened(runs);
            sagas.insert(runs);
            tellOnceCommitted(runs);
        }
    }

    /** Leaves rows of sagas that nothing has happened to as they are. */
    void update(List<SagaRun<?>> runs) {
        var changed = runs.stream().filter(SagaRun::isToBeStored).toList();
        if (!changed.isEmpty()) {
            writeWhatHappened(changed);
            sagas.update(changed);
            tellOnceCommitted(changed);
        }
    }

    private void tellOnceCommitted(List<SagaRun<?>> runs) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                var committed =
                        runs.stream().<Committed<?>>map(SagaRun::committed).toList();
                listeners.forEach(listener -> listener.committed(committed));
            }
        });
    }

    private void writeWhatHappened(List<SagaRun<?>> runs) {
        var lines = new ArrayList<SagaHistory.Line>();
        var messages = new ArrayList<Message>();
        for (var run : runs) {
            for (var heard : run.heard()) {
                var move = heard.move();
                move.entry().ifPresent(entry -> lines.add(new SagaHistory.Line(run.id(), entry)));
                move.commands()
                        .forEach(command ->
                                messages.add(message(command, heard.cause()).traced(run.traceParent())));
                move.event()
                        .ifPresent(event ->
                                messages.add(message(event, heard.cause()).traced(run.traceParent())));
            }
            tellOperators(run);
        }
        history.append(lines);
        outbox.append(messages);
    }

    private Message message(Move.Outgoing outgoing, Optional<MessageKey> cause) {
        var topic = topic(outgoing.command(), ".commands");
        return Message.command(
                outgoing.key(), topic, outgoing.command(), cause, Topics.CHECKOUT_REPLIES, outgoing.send());
    }

    private Message message(Move.Announced announced, Optional<MessageKey> cause) {
        return Message.event(announced.key(), topic(announced.event(), ".events"), announced.event(), cause);
    }

    /** {@code payment.charge.v1} goes to {@code payment.commands}. */
    private String topic(Object body, String suffix) {
        var wireName = codec.wireName(body.getClass());
        return wireName.substring(0, wireName.indexOf('.')) + suffix;
    }

    private static void tellOperators(SagaRun<?> run) {
        var saga = run.saga();
        if (run.hasBecome(SagaStatus.NEEDS_ATTENTION)) {
            var ofSaga = log.atWarn().addKeyValue(SagaId.LOG_FIELD, saga.id());
            var line = run.traceParent()
                    .filter(_ -> MDC.get(TraceParent.LOG_FIELD)
                            == null) // the line would be lost if a field were there twice
                    .map(trace -> ofSaga.addKeyValue(TraceParent.LOG_FIELD, trace.traceId()))
                    .orElse(ofSaga);
            line.log(
                    "A saga needs attention: saga={} definition=\"{}\" reason=\"{}\"",
                    saga.id(),
                    run.kind().definition(),
                    saga.reason().orElse(""));
        } else if (log.isDebugEnabled()) {
            run.heard().stream()
                    .flatMap(heard -> heard.move().entry().stream())
                    .forEach(entry -> log.debug("saga={} {}", saga.id(), entry));
        }
    }
}
