package shop.checkout.participant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.codec.Received;
import shop.checkout.consumer.NotYet;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.checkout.CheckoutCompleted;
import shop.checkout.contract.checkout.CheckoutRejected;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.RefundPayment;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.message.Undone;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;
import shop.checkout.time.TooFarAhead;
import shop.checkout.trace.Traces;

class CommandConsumerIT {

    private static final String COMMANDS = "payment.commands";
    private static final String REPLIES = "checkout.replies";
    private static final TraceParent TRACE = new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private final TestDatabase database = TestDatabase.emptied();
    private final HybridClock clock = new HybridClock(Clock.systemUTC());
    private final List<String> acts = new ArrayList<>();
    private final List<String> saved = new ArrayList<>();
    private final List<MessageKey> intents = new ArrayList<>();
    private int dropped;
    private int opened;

    private final CommandConsumer<List<String>> consumer = new CommandConsumer<>(
            CommandHandlers.in(new Notebook())
                    .on(ChargePayment.class, this::charge)
                    .on(RefundPayment.class, (notes, command, key) -> note(notes, key, Answer.now(new Undone())))
                    .onEvent(CheckoutCompleted.class, (notes, event, key) -> notes.add(key.name())),
            Codec.ofCatalogue(),
            database.inbox(),
            database.outbox(clock),
            intents::addAll,
            clock,
            Traces.off(new Random(1)),
            count -> dropped += count);

    @Test
    void actsInOrderOnOneWorkspaceAndAnswersEach() {
        var saga = Arrived.newSaga();

        take(charge(saga, "pm_card_visa", 1), refund(saga, 1));

        assertThat(acts).containsExactly("charge-payment", "charge-payment/undo");
        assertThat(saved).isEqualTo(acts);
        assertThat(sent())
                .containsExactly(
                        "charge-payment/reply payment.charged.v1 1", "charge-payment/undo/reply saga.undone.v1 1");
        assertThat(dropped).isZero();
    }

    @Test
    void actsOnceOnADuplicateWithinABatchAndAnswersUnderItsHighestNumber() {
        var saga = Arrived.newSaga();

        take(charge(saga, "pm_card_visa", 1), charge(saga, "pm_card_visa", 3), charge(saga, "pm_card_visa", 2));

        assertThat(acts).containsExactly("charge-payment");
        assertThat(sent()).containsExactly("charge-payment/reply payment.charged.v1 3");
        assertThat(dropped).isEqualTo(2);
    }

    @Test
    void staysSilentOnAReplay() {
        var saga = Arrived.newSaga();
        take(charge(saga, "pm_card_visa", 1));

        take(charge(saga, "pm_card_visa", 1));

        assertThat(acts).hasSize(1);
        assertThat(sent()).hasSize(1);
        assertThat(dropped).isEqualTo(1);
    }

    @Test
    void givesTheSameAnswerOnceToWhoAsksAgain() {
        var saga = Arrived.newSaga();
        take(charge(saga, "pm_card_visa", 1));

        take(charge(saga, "pm_card_visa", 2));
        take(charge(saga, "pm_card_visa", 2));

        assertThat(acts).hasSize(1);
        assertThat(sent())
                .containsExactly(
                        "charge-payment/reply payment.charged.v1 1", "charge-payment/reply payment.charged.v1 2");
    }

    @Test
    void recordsAnIntentForWhatIsAnsweredLater() {
        var saga = Arrived.newSaga();

        take(charge(saga, "later", 1));
        take(charge(saga, "later", 2));

        assertThat(intents).containsExactly(keyOf(saga));
        assertThat(sent()).isEmpty();
    }

    @Test
    void saysThatAnUndoCameFirst() {
        take(charge(Arrived.newSaga(), "superseded", 1));

        assertThat(sent()).containsExactly("charge-payment/reply saga.superseded.v1 1");
    }

    @Test
    void handsBackWhatCannotBeHandledYetAndActsOnTheRest() {
        var early = Arrived.newSaga();
        var saga = Arrived.newSaga();
        var first = Arrived.of(charge(early, "not yet", 1));
        var again = Arrived.of(charge(early, "not yet", 2));

        database.commit(() -> assertThat(
                        consumer.handle(List.of(first, again, Arrived.of(charge(saga, "pm_card_visa", 1)))))
                .containsExactly(new NotYet(again, "not now")));

        assertThat(sent()).containsExactly("charge-payment/reply payment.charged.v1 1");
        assertThat(database.texts("select saga_id from inbox")).containsExactly(saga.toString());
        assertThat(intents).isEmpty();
    }

    @Test
    void hearsTheEventsItListensToAndNoOthers() {
        var saga = Arrived.newSaga();
        var other = Arrived.with("checkout.events", saga.toString(), "garbage", Map.of(Headers.TYPE, "other.v1"));
        var rejected = Message.event(
                new MessageKey(saga, "rejected"),
                "checkout.events",
                new CheckoutRejected(OrderId.of(saga), "no"),
                Optional.empty());
        var completed = Message.event(
                new MessageKey(saga, "completed"),
                "checkout.events",
                new CheckoutCompleted(OrderId.of(saga), Money.of("1", "EUR"), "T"),
                Optional.empty());

        run(List.of(other, Arrived.of(rejected), Arrived.of(completed), Arrived.of(completed)));

        assertThat(saved).containsExactly("completed");
        assertThat(sent()).isEmpty();
        assertThat(intents).isEmpty();
        assertThat(dropped).isEqualTo(1);
    }

    @Test
    void refusesACommandThatNobodyHandles() {
        var saga = Arrived.newSaga();
        var stranger = Message.command(
                keyOf(saga), COMMANDS, new ReleaseInventory(OrderId.of(saga)), Optional.empty(), REPLIES, 1);

        assertThatThrownBy(() -> take(stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing here handles ReleaseInventory");
    }

    @Test
    void opensOnlyTheWorkspacesThatABatchNeeds() {
        var handlers = CommandHandlers.in(new Notebook())
                .on(ChargePayment.class, this::charge)
                .and(CommandHandlers.in(new Notebook())
                        .on(RefundPayment.class, (notes, command, key) -> note(notes, key, Answer.now(new Undone()))));
        var saga = Arrived.newSaga();
        var both = new CommandConsumer<>(
                handlers,
                Codec.ofCatalogue(),
                database.inbox(),
                database.outbox(),
                intents::addAll,
                clock,
                Traces.off(new Random(1)),
                _ -> {});

        database.commit(() -> both.handle(List.of(Arrived.of(refund(saga, 1)))));
        database.commit(() -> both.handle(List.of(
                Arrived.of(refund(Arrived.newSaga(), 1)), Arrived.of(charge(Arrived.newSaga(), "pm_card_visa", 1)))));

        assertThat(opened).isEqualTo(3);
        assertThat(acts).containsExactly("charge-payment/undo", "charge-payment/undo", "charge-payment");
        assertThat(saved).containsExactly("charge-payment/undo", "charge-payment", "charge-payment/undo");
        assertThat(sent()).hasSize(3);
    }

    @Test
    void leavesNothingBehindWhenOneOfTheBatchFails() {
        assertThatThrownBy(
                        () -> take(charge(Arrived.newSaga(), "pm_card_visa", 1), charge(Arrived.newSaga(), "boom", 1)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(sent()).isEmpty();
        assertThat(database.texts("select name from inbox")).isEmpty();
    }

    @Test
    void movesItsClockPastWhatItHasRead() {
        var record = Arrived.of(charge(Arrived.newSaga(), "pm_card_visa", 1));
        long ahead = clock.now().packed() + (30_000L << 16);
        record.headers()
                .remove(Headers.HLC)
                .add(Headers.HLC, Long.toString(ahead).getBytes(UTF_8));

        run(List.of(record));

        assertThat(clock.now().packed()).isGreaterThan(ahead);
    }

    @Test
    void answersWithinTheTraceOfTheCommand() {
        var saga = Arrived.newSaga();

        run(List.of(traced(charge(saga, "pm_card_visa", 1)), Arrived.of(charge(Arrived.newSaga(), "pm_card_visa", 1))));
        run(List.of(traced(charge(saga, "pm_card_visa", 2))));

        assertThat(database.texts("select concat_ws(' ', send, substr(traceparent, 4, 32)) from outbox order by hlc"))
                .containsExactly("1 " + TRACE.traceId(), "1", "2 " + TRACE.traceId());
        assertThat(database.texts("select traceparent from outbox")).doesNotContain(TRACE.text());
    }

    @Test
    void answersLaterThanACommandFromAMachineThatIsTenMinutesAhead() {
        var ahead = Hlc.of(System.currentTimeMillis() + Duration.ofMinutes(10).toMillis(), 7);

        run(List.of(timed(charge(Arrived.newSaga(), "pm_card_visa", 1), ahead)));

        assertThat(database.texts("select hlc from outbox"))
                .singleElement()
                .satisfies(hlc -> assertThat(Hlc.parse(hlc)).isGreaterThan(ahead));
        assertThat(clock.leaps()).isOne();
    }

    @Test
    void doesNotActOnACommandFromAnotherYear() {
        var later = Hlc.of(System.currentTimeMillis() + Duration.ofDays(365).toMillis(), 0);
        var command = timed(charge(Arrived.newSaga(), "pm_card_visa", 1), later);

        assertThatThrownBy(() -> run(List.of(command))).isInstanceOf(TooFarAhead.class);

        assertThat(acts).isEmpty();
        assertThat(clock.now()).isLessThan(later);
    }

    private Answer<ChargePayment.Reply> charge(List<String> notes, ChargePayment command, MessageKey key) {
        return switch (command.method()) {
            case "later" -> note(notes, key, Answer.later());
            case "not yet" -> Answer.notYet("not now");
            case "superseded" -> note(notes, key, Answer.superseded());
            case "boom" -> throw new IllegalStateException("boom");
            default -> note(notes, key, Answer.now(new ChargePayment.Charged("pi_1")));
        };
    }

    private <R> Answer<R> note(List<String> notes, MessageKey key, Answer<R> answer) {
        acts.add(key.name());
        notes.add(key.name());
        return answer;
    }

    private static ConsumerRecord<String, byte[]> traced(Message message) {
        var kafkaRecord = Arrived.of(message);
        kafkaRecord.headers().add(Headers.TRACE_PARENT, TRACE.text().getBytes(UTF_8));
        return kafkaRecord;
    }

    private static ConsumerRecord<String, byte[]> timed(Message message, Hlc hlc) {
        var kafkaRecord = Arrived.of(message);
        kafkaRecord
                .headers()
                .remove(Headers.HLC)
                .add(Headers.HLC, hlc.toString().getBytes(UTF_8));
        return kafkaRecord;
    }

    private void take(Message... messages) {
        run(Stream.of(messages).map(Arrived::of).toList());
    }

    private void run(List<ConsumerRecord<String, byte[]>> batch) {
        database.commit(() -> assertThat(consumer.handle(batch)).isEmpty());
    }

    private List<String> sent() {
        return database.texts("select concat_ws(' ', name, type, send) from outbox order by id, hlc");
    }

    private static MessageKey keyOf(SagaId saga) {
        return MessageKey.ofStep(saga, "charge-payment", 1);
    }

    private static Message charge(SagaId saga, String method, int send) {
        var body = new ChargePayment(OrderId.of(saga), method, Money.of("1", "EUR"));
        return Message.command(keyOf(saga), COMMANDS, body, Optional.empty(), REPLIES, send);
    }

    private static Message refund(SagaId saga, int send) {
        var body = new RefundPayment(OrderId.of(saga));
        return Message.command(keyOf(saga).undo(), COMMANDS, body, Optional.empty(), REPLIES, send);
    }

    private final class Notebook implements Workspaces<List<String>> {
        @Override
        public List<String> open(List<Received<?>> messages) {
            opened++;
            return new ArrayList<>();
        }

        @Override
        public void save(List<String> notes) {
            saved.addAll(notes);
        }
    }
}
