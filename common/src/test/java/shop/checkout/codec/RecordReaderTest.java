package shop.checkout.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shop.checkout.Arrived;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.time.Hlc;

class RecordReaderTest {

    private static final SagaId SAGA = SagaId.parse("01990000-0000-7000-8000-00000000002a");
    private static final MessageKey KEY =
            MessageKey.ofStep(SAGA, "reserve-inventory", 1).undo();
    private static final ReleaseInventory BODY = new ReleaseInventory(OrderId.of(SAGA));

    private final RecordReader reader = new RecordReader(Codec.ofCatalogue());

    @Test
    void readsWhatTheHeadersSay() {
        var kafkaRecord = command();
        kafkaRecord
                .headers()
                .add(Headers.TRACE_PARENT, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".getBytes(UTF_8));

        assertThat(reader.read(kafkaRecord))
                .isEqualTo(new Received<>(
                        KEY,
                        BODY,
                        new Hlc(77),
                        2,
                        Optional.of("checkout.replies"),
                        TraceParent.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                        "/orchestrator",
                        3));
    }

    @Test
    void takesAMessageWithoutASendNumberAsSentOnce() {
        var kafkaRecord = command();
        kafkaRecord.headers().remove(Headers.SEND);

        assertThat(reader.read(kafkaRecord).send()).isEqualTo(1);
    }

    @Test
    void believesTheLastOfTwoHeaders() {
        var kafkaRecord = command();
        kafkaRecord.headers().add(Headers.SEND, "5".getBytes(UTF_8));

        assertThat(reader.read(kafkaRecord).send()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_type", "ce_source", "ce_hlc", "ce_fencingtoken"})
    void namesTheHeaderThatIsMissing(String header) {
        var kafkaRecord = command();
        kafkaRecord.headers().remove(header);

        assertThatThrownBy(() -> reader.read(kafkaRecord))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining(header)
                .hasMessageContaining("inventory.commands-3@" + kafkaRecord.offset());
    }

    @ParameterizedTest
    @CsvSource({
        "ce_id, no-slash",
        "ce_id, not-a-uuid/charge-payment",
        "ce_id, 01990000-0000-7000-8000-00000000002a/",
        "ce_hlc, soon",
        "ce_hlc, -1",
        "ce_fencingtoken, mine",
        "ce_send, often",
    })
    void quotesTheHeaderThatIsMalformed(String header, String value) {
        var kafkaRecord = command();
        kafkaRecord.headers().remove(header).add(header, value.getBytes(UTF_8));

        assertThatThrownBy(() -> reader.read(kafkaRecord))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("inventory.commands-3@" + kafkaRecord.offset());
    }

    @Test
    void refusesATombstone() {
        var tombstone = new ConsumerRecord<String, byte[]>("inventory.commands", 3, 8, SAGA.toString(), null);
        command().headers().forEach(tombstone.headers()::add);

        assertThatThrownBy(() -> reader.read(tombstone))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("inventory.commands-3@8 has no content");
    }

    private static ConsumerRecord<String, byte[]> command() {
        return Arrived.of(Message.command(KEY, "inventory.commands", BODY, Optional.empty(), "checkout.replies", 2));
    }
}
