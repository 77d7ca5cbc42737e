package shop.checkout.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageKeyTest {

    private static final SagaId SAGA = SagaId.parse("01990000-0000-7000-8000-00000000002a");
    private static final MessageKey CHARGE = MessageKey.ofStep(SAGA, "charge-payment", 1);

    @Test
    void isDerivedFromTheStep() {
        assertThat(CHARGE).hasToString(SAGA + "/charge-payment");
        assertThat(MessageKey.ofStep(SAGA, "charge-payment", 2)).hasToString(SAGA + "/charge-payment#2");
        assertThat(CHARGE.undo()).hasToString(SAGA + "/charge-payment/undo");
        assertThat(CHARGE.undo().reply()).hasToString(SAGA + "/charge-payment/undo/reply");
    }

    @Test
    void tellsWhatIsUndoneByHandFromTheCompensation() {
        var byHand = CHARGE.undo().byHand();

        assertThat(byHand).hasToString(SAGA + "/charge-payment/undo/by-hand");
        assertThat(byHand.isByHand()).isTrue();
        assertThat(byHand.isUndo()).isTrue();
        assertThat(byHand.undone()).isEqualTo(CHARGE);
        assertThat(byHand.reply().answered()).isEqualTo(byHand);
        assertThat(CHARGE.undo().isByHand()).isFalse();
    }

    @Test
    void knowsTheAttemptOfItsStep() {
        var third = MessageKey.ofStep(SAGA, "charge-payment", 3);

        assertThat(List.of(CHARGE, CHARGE.undo(), CHARGE.undo().byHand())).allMatch(key -> key.attempt() == 1);
        assertThat(List.of(third, third.undo(), third.undo().byHand())).allMatch(key -> key.attempt() == 3);
    }

    @Test
    void parsesWhatItWrites() {
        for (var key :
                List.of(CHARGE, CHARGE.undo(), CHARGE.reply(), CHARGE.undo().reply())) {
            assertThat(MessageKey.parse(key.toString())).isEqualTo(key);
        }
    }

    @Test
    void leadsFromAReplyToItsCommand() {
        assertThat(CHARGE.reply().isReply()).isTrue();
        assertThat(CHARGE.reply().answered()).isEqualTo(CHARGE);
        assertThat(CHARGE.undo().reply().answered()).isEqualTo(CHARGE.undo());
    }

    @Test
    void doesNotTakeACommandForAReply() {
        assertThat(CHARGE.isReply()).isFalse();
        assertThatThrownBy(CHARGE::answered)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(CHARGE.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "charge-payment",
                "no-uuid/charge-payment",
                "01990000-0000-7000-8000-00000000002a/",
                "01990000-0000-7000-8000-00000000002a/ "
            })
    void refusesWhatIsNoKey(String text) {
        assertThatThrownBy(() -> MessageKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThatThrownBy(() -> new MessageKey(SAGA, "x".repeat(201))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sortsBySagaThenName() {
        var older = SagaId.parse("01980000-0000-7000-8000-00000000002a");

        assertThat(List.of(CHARGE.undo(), CHARGE, new MessageKey(older, "z")).stream()
                        .sorted())
                .containsExactly(new MessageKey(older, "z"), CHARGE, CHARGE.undo());
    }

    @Test
    void makesNeedlessWhatItUndoes() {
        var command = MessageKey.ofStep(SAGA, "charge-payment", 2);
        var undo = command.undo();

        assertThat(command.makesNeedless()).isEmpty();
        assertThat(undo.makesNeedless()).containsExactly(command);
        assertThat(undo.byHand().makesNeedless()).containsExactly(command, undo);
        assertThat(command.reply().makesNeedless()).isEmpty();
        assertThat(undo.reply().makesNeedless()).containsExactly(command.reply());
    }
}
