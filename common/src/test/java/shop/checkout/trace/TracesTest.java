package shop.checkout.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.Arrived;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.codec.Received;
import shop.checkout.codec.RecordReader;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.message.Undone;

/** What a collector is told, and that nobody is told what did not happen or was not to be told. */
class TracesTest {

    private static final SagaId SAGA = Arrived.newSaga();
    private static final MessageKey KEY =
            MessageKey.ofStep(SAGA, "reserve-inventory", 1).undo();
    private static final Message COMMAND = Message.command(
            KEY, "inventory.commands", new ReleaseInventory(OrderId.of(SAGA)), Optional.empty(), "checkout.replies", 2);
    private static final Message REPLY = Message.reply(KEY, "checkout.replies", new Undone(), 2);
    private static final Optional<TraceParent> CALLER =
            TraceParent.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final Optional<TraceParent> UNSAMPLED =
            TraceParent.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");

    private final RecordedTraces recorded = new RecordedTraces();
    private final Traces traces = recorded.traces();
    private final Transactions transactions = new Transactions();
    private final TransactionTemplate transaction = new TransactionTemplate(transactions);

    @Test
    void tellsOfARequestItsMessageThatOnesWayAndProcessingAndTheReply() throws Exception {
        var request =
                traces.request("POST", "http", "/api/v1/checkouts", CALLER).orElseThrow();
        var sent = write(request.context());
        traces.sent(about(COMMAND), sent, Instant.EPOCH);
        var command = Arrived.of(COMMAND);
        command.headers().add(Headers.TRACE_PARENT, sent.text().getBytes(StandardCharsets.UTF_8));
        var processing = transaction.execute(_ -> {
            var acting = traces.process(command, received(command));
            traces.created(REPLY, "saga.undone.v1", acting.context().orElseThrow());
            return acting;
        });
        assertThat(traces.call("payment provider", KEY, processing.context(), () -> "done"))
                .isEqualTo("done");
        request.answered(Optional.of("/api/v1/checkouts"), 202);

        assertThat(recorded.tree()).isEqualTo("""
                SERVER POST /api/v1/checkouts
                  PRODUCER create inventory.release.v1
                    CLIENT send inventory.release.v1
                    CONSUMER process inventory.release.v1
                      PRODUCER create saga.undone.v1
                      CLIENT call payment provider
                """);
        assertThat(recorded.spans())
                .allSatisfy(it -> assertThat(it.getTraceId())
                        .isEqualTo(CALLER.orElseThrow().traceId()));
        assertThat(recorded.named("POST /api/v1/checkouts").getParentSpanId())
                .isEqualTo(CALLER.orElseThrow().spanId());
    }

    @Test
    void saysWhatAMessageIsByTheConventionsNames() {
        write(CALLER);

        assertThat(recorded.named("create inventory.release.v1").getAttributes().asMap())
                .isEqualTo(Attributes.builder()
                        .put("messaging.system", "kafka")
                        .put("messaging.destination.name", "inventory.commands")
                        .put("messaging.operation.name", "create")
                        .put("messaging.operation.type", "create")
                        .put("messaging.kafka.message.key", SAGA.toString())
                        .put("messaging.message.id", KEY.toString())
                        .put("checkout.message.send", 2)
                        .put("saga.id", SAGA.toString())
                        .build()
                        .asMap());
    }

    @Test
    void doesNotClaimACommitThatThereWasNot() {
        transaction.executeWithoutResult(status -> {
            var acting = traces.process(traced(CALLER), received(traced(CALLER)));
            traces.created(REPLY, "saga.undone.v1", acting.context().orElseThrow());
            status.setRollbackOnly();
        });

        assertThat(recorded.tree()).isEqualTo("CONSUMER process inventory.release.v1 ! rolled back\n");
    }

    @Test
    void neverEndsBeforeItBeganThoughTheWritersClockIsAhead() {
        traces.sent(about(COMMAND), CALLER.orElseThrow(), Instant.now().plusSeconds(60));

        var sent = recorded.named("send inventory.release.v1");
        assertThat(sent.getEndEpochNanos()).isEqualTo(sent.getStartEpochNanos());
    }

    @Test
    void tellsNothingBeforeTheCommit() {
        transaction.executeWithoutResult(_ -> {
            traces.created(COMMAND, "inventory.release.v1", CALLER.orElseThrow());
            assertThat(recorded.spans()).isEmpty();
        });

        assertThat(recorded.spans()).hasSize(1);
    }

    @Test
    void keepsTheSpansOfATransactionApartFromThoseOfAnotherWithinIt() {
        var inner = new TransactionTemplate(transactions);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transaction.executeWithoutResult(status -> {
            traces.created(COMMAND, "inventory.release.v1", CALLER.orElseThrow());
            inner.executeWithoutResult(_ -> traces.created(REPLY, "saga.undone.v1", CALLER.orElseThrow()));
            status.setRollbackOnly();
        });

        assertThat(recorded.tree()).isEqualTo("PRODUCER create saga.undone.v1\n");
    }

    @Test
    void recordsNothingOfATraceThatIsNotSampledAndHandsItsContextOn() throws Exception {
        var request = traces.request("POST", "http", "/", UNSAMPLED).orElseThrow();
        var sent = write(UNSAMPLED);
        traces.sent(about(COMMAND), sent, Instant.EPOCH);
        var acting = transaction.execute(_ -> traces.process(traced(UNSAMPLED), received(traced(UNSAMPLED))));
        traces.call("payment provider", KEY, acting.context(), () -> "done");
        traces.parked(traced(UNSAMPLED));
        request.answered(Optional.empty(), 202);

        assertThat(recorded.spans()).isEmpty();
        assertThat(request.context()).isEmpty();
        assertThat(request.traceId()).isEqualTo(sent.traceId());
        assertThat(sent.text())
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                .endsWith("-00");
        assertThat(acting).isEqualTo(Processing.unrecorded(UNSAMPLED));
    }

    @Test
    void decidesByTheRatioOnlyWhereTheCallerHasNot() {
        var none = new RecordedTraces(0);
        none.traces()
                .request("GET", "http", "/", Optional.empty())
                .orElseThrow()
                .answered(Optional.empty(), 200);
        none.traces().request("POST", "http", "/", CALLER).orElseThrow().answered(Optional.empty(), 200);
        traces.request("GET", "http", "/", Optional.empty()).orElseThrow().answered(Optional.empty(), 200);

        assertThat(none.tree()).isEqualTo("SERVER POST\n");
        assertThat(recorded.tree()).isEqualTo("SERVER GET\n");
    }

    @Test
    void showsFailures() {
        var boom = new IllegalStateException("no answer");

        assertThatThrownBy(() -> traces.call("carrier", KEY, CALLER, () -> {
                    throw boom;
                }))
                .isSameAs(boom);
        traces.request("BREW", "http", "/", CALLER).orElseThrow().answered(Optional.empty(), 503);

        assertThat(recorded.tree()).isEqualTo("CLIENT call carrier ! \nSERVER HTTP ! \n");
        var type = AttributeKey.stringKey("error.type");
        assertThat(recorded.spans())
                .extracting(it -> it.getAttributes().get(type))
                .containsExactly("java.lang.IllegalStateException", "503");
    }

    @Test
    void tellsOfAMessageThatIsParked() {
        traces.parked(traced(CALLER));

        assertThat(recorded.tree()).isEqualTo("INTERNAL park inventory.release.v1\n");
    }

    @Test
    void recordsNothingWithoutACollector() throws Exception {
        var off = Traces.off(new Random(1));

        var acting = off.process(traced(CALLER), received(traced(CALLER))); // in no transaction, as nothing is kept
        assertThat(acting).isEqualTo(Processing.unrecorded(CALLER));
        assertThat(off.created(COMMAND, "inventory.release.v1", CALLER.orElseThrow()))
                .isEqualTo(CALLER.orElseThrow().child(new Random(1)));
        assertThat(off.request("POST", "http", "/", CALLER)).isEmpty();
        assertThat(off.processing(KEY)).isEmpty();
        assertThat(off.isOn()).isFalse();
    }

    private TraceParent write(Optional<TraceParent> parent) {
        return transaction.execute(_ -> traces.created(COMMAND, "inventory.release.v1", parent.orElseThrow()));
    }

    private static About about(Message message) {
        return About.of(message.key(), "inventory.release.v1", message.topic(), message.send());
    }

    private static ConsumerRecord<String, byte[]> traced(Optional<TraceParent> parent) {
        var kafkaRecord = Arrived.of(COMMAND);
        kafkaRecord
                .headers()
                .add(Headers.TRACE_PARENT, parent.orElseThrow().text().getBytes(StandardCharsets.UTF_8));
        return kafkaRecord;
    }

    private static Received<?> received(ConsumerRecord<String, byte[]> kafkaRecord) {
        return new RecordReader(Codec.ofCatalogue()).read(kafkaRecord);
    }

    /** Transactions of nothing. */
    private static final class Transactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        private boolean active;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return active;
        }

        @Override
        protected Object doSuspend(Object transaction) {
            active = false;
            return transaction;
        }

        @Override
        protected void doResume(@Nullable Object transaction, Object suspended) {
            active = true;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            active = true;
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}

        @Override
        protected void doCleanupAfterCompletion(Object transaction) {
            active = false;
        }
    }
}
