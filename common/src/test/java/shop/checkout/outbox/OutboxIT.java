package shop.checkout.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Codec;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.message.Undone;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

class OutboxIT {

    private static final SagaId SAGA = Arrived.newSaga();
    private static final MessageKey UNDO =
            MessageKey.ofStep(SAGA, "reserve-inventory", 1).undo();
    private static final Message REPLY = Message.reply(UNDO, "checkout.replies", new Undone(), 3);

    private final TestDatabase database = TestDatabase.emptied();
    private final Outbox outbox =
            new Outbox(database.jdbc(), Codec.ofCatalogue(), new HybridClock(Clock.systemUTC()), Traces.off(() -> 0));

    @Test
    void keepsAllThatTheRelayNeeds() {
        var command = Message.command(
                UNDO,
                "inventory.commands",
                new ReleaseInventory(OrderId.of(SAGA)),
                Optional.of(UNDO.reply()),
                "checkout.replies",
                2);
        var caller = TraceParent.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        database.commit(() -> outbox.append(List.of(command.traced(caller), REPLY)));

        assertThat(database.texts("""
                select concat_ws(' ', aggregatetype, aggregateid, type, payload, name, cause, reply_to, send, traceparent)
                  from outbox order by hlc
                """))
                .containsExactly(
                        "inventory.commands %1$s inventory.release.v1 {\"orderId\":\"%1$s\"} reserve-inventory/undo %2$s checkout.replies 2 00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000001-01"
                                .formatted(SAGA, UNDO.reply()),
                        "checkout.replies %s saga.undone.v1 {} reserve-inventory/undo/reply %s 3"
                                .formatted(SAGA, UNDO));
    }

    @Test
    void keepsTheOrderInWhichMessagesWereAppended() {
        var messages = IntStream.range(0, 500)
                .mapToObj(i -> Message.reply(
                        MessageKey.ofStep(Arrived.newSaga(), "step" + i, 1), "checkout.replies", new Undone(), 1))
                .toList();

        database.commit(() -> outbox.append(messages));

        var names = messages.stream().map(message -> message.key().name());
        assertThat(database.texts("select name from outbox order by hlc")).containsExactlyElementsOf(names.toList());
    }

    @Test
    void forgetsWhatWasRolledBack() {
        database.transaction().executeWithoutResult(status -> {
            outbox.append(List.of(REPLY));
            status.setRollbackOnly();
        });

        assertThat(database.texts("select name from outbox")).isEmpty();
    }

    @Test
    void refusesToWriteOutsideOfATransaction() {
        assertThatThrownBy(() -> outbox.append(List.of(REPLY)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within a transaction")
                .hasMessageContaining(UNDO.toString());
    }

    @Test
    void notesTheTransactionThatWroteIt() {
        database.commit(() -> outbox.append(List.of(REPLY)));
        database.commit(() -> outbox.append(List.of(REPLY)));

        assertThat(database.texts("select distinct transaction_id from outbox")).hasSize(2);
    }

    @Test
    void tellsARestartedClockWhereToGoOn() {
        assertThat(Outbox.newest(database.jdbc())).isEqualTo(Hlc.ZERO);
        var tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(20));
        var fast = database.outbox(new HybridClock(tomorrow));
        database.commit(() -> fast.append(List.of(REPLY)));
        var restarted = new HybridClock(Clock.systemUTC());
        restarted.goOnAfter(Outbox.newest(database.jdbc()));
        var slow = database.outbox(restarted);

        database.commit(() -> slow.append(List.of(Message.reply(UNDO, "checkout.replies", new Undone(), 4))));

        assertThat(database.texts("select send from outbox order by hlc")).containsExactly("3", "4");
    }
}
