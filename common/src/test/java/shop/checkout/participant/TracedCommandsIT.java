package shop.checkout.participant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.codec.Received;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.outbox.Outbox;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.RecordedTraces;

/** What a batch of commands, each of a trace of its own or of none, looks like to who watches. */
class TracedCommandsIT {

    private static final TraceParent COMMAND =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final TraceParent OTHER = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private static final TraceParent UNSAMPLED =
            new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");

    private final TestDatabase database = TestDatabase.emptied();
    private final RecordedTraces recorded = new RecordedTraces();
    private final HybridClock clock = new HybridClock(Clock.systemUTC());
    private final CommandConsumer<List<String>> consumer = new CommandConsumer<>(
            CommandHandlers.in(new Nowhere()).on(ChargePayment.class, (_, command, _) -> charge(command)),
            Codec.ofCatalogue(),
            database.inbox(),
            new Outbox(database.jdbc(), Codec.ofCatalogue(), clock, recorded.traces()),
            intents -> {},
            clock,
            recorded.traces(),
            _ -> {});

    @Test
    void isTheProcessingOfEachAndItsReplyInTheTraceOfItsOwn() {
        var saga = Arrived.newSaga();

        run(traced(COMMAND, saga, "visa", 1), traced(OTHER, Arrived.newSaga(), "visa", 1));

        assertThat(recorded.tree()).isEqualTo("""
                CONSUMER process payment.charge.v1
                  PRODUCER create payment.charged.v1
                CONSUMER process payment.charge.v1
                  PRODUCER create payment.charged.v1
                """);
        assertThat(recorded.spans()).extracting(it -> it.getTraceId()).containsOnly(COMMAND.traceId(), OTHER.traceId());
        var processing = recorded.named("process payment.charge.v1");
        assertThat(processing.getParentSpanId()).isEqualTo(COMMAND.spanId());
        assertThat(database.texts("select traceparent from inbox where saga_id = ?", saga.value()))
                .containsExactly("00-" + COMMAND.traceId() + "-" + processing.getSpanId() + "-01");
    }

    @Test
    void saysWhichWereDuplicatesAndWhichCameTooLateOrTooEarly() {
        var saga = Arrived.newSaga();
        run(traced(COMMAND, saga, "visa", 1), traced(COMMAND, saga, "visa", 1));

        run(traced(COMMAND, saga, "visa", 2), traced(COMMAND, Arrived.newSaga(), "superseded", 1));
        database.commit(() -> assertThat(consumer.handle(List.of(traced(COMMAND, Arrived.newSaga(), "not yet", 1))))
                .hasSize(1));

        assertThat(recorded.tree()).isEqualTo("""
                CONSUMER process payment.charge.v1
                  PRODUCER create payment.charged.v1
                  PRODUCER create payment.charged.v1
                CONSUMER process payment.charge.v1 [duplicate]
                CONSUMER process payment.charge.v1 [duplicate]
                CONSUMER process payment.charge.v1 [superseded]
                  PRODUCER create saga.superseded.v1
                CONSUMER process payment.charge.v1 [not yet]
                """);
    }

    @Test
    void isOneFailureEachWhenTheBatchIsRolledBackAndLeavesNothingForTheNext() {
        assertThatThrownBy(() ->
                        run(traced(COMMAND, Arrived.newSaga(), "visa", 1), traced(OTHER, Arrived.newSaga(), "boom", 1)))
                .hasMessage("boom");
        run(traced(COMMAND, Arrived.newSaga(), "visa", 1));

        assertThat(recorded.tree()).isEqualTo("""
                CONSUMER process payment.charge.v1 ! rolled back
                CONSUMER process payment.charge.v1 ! rolled back
                CONSUMER process payment.charge.v1
                  PRODUCER create payment.charged.v1
                """);
    }

    @Test
    void isNothingWhereNothingIsSampled() {
        run(traced(UNSAMPLED, Arrived.newSaga(), "visa", 1), Arrived.of(command(Arrived.newSaga(), "visa", 1)));

        assertThat(recorded.spans()).isEmpty();
        assertThat(database.texts("select coalesce(substr(traceparent, 4, 32), '-') from outbox order by hlc"))
                .containsExactly(UNSAMPLED.traceId(), "-");
    }

    private static Answer<ChargePayment.Reply> charge(ChargePayment command) {
        return switch (command.method()) {
            case "not yet" -> Answer.notYet("not now");
            case "superseded" -> Answer.superseded();
            case "boom" -> throw new IllegalStateException("boom");
            default -> Answer.now(new ChargePayment.Charged("pi_1"));
        };
    }

    @SafeVarargs
    private void run(ConsumerRecord<String, byte[]>... batch) {
        database.commit(
                () -> assertThat(consumer.handle(Stream.of(batch).toList())).isEmpty());
    }

    private static ConsumerRecord<String, byte[]> traced(TraceParent parent, SagaId saga, String method, int send) {
        var kafkaRecord = Arrived.of(command(saga, method, send));
        kafkaRecord.headers().add(Headers.TRACE_PARENT, parent.text().getBytes(UTF_8));
        return kafkaRecord;
    }

    private static Message command(SagaId saga, String method, int send) {
        return Message.command(
                MessageKey.ofStep(saga, "charge-payment", 1),
                "payment.commands",
                new ChargePayment(OrderId.of(saga), method, Money.of("1", "EUR")),
                Optional.empty(),
                "checkout.replies",
                send);
    }

    private static final class Nowhere implements Workspaces<List<String>> {
        @Override
        public List<String> open(List<Received<?>> messages) {
            return List.of();
        }

        @Override
        public void save(List<String> nothing) {}
    }
}
