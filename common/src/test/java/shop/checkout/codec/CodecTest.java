package shop.checkout.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.inventory.ReleaseInventory;
import shop.checkout.contract.inventory.ReserveInventory;
import shop.checkout.message.WireName;

class CodecTest {

    private static final String ORDER = "01990000-0000-7000-8000-00000000002a";

    private final Codec codec = Codec.ofCatalogue();

    @Test
    void ignoresFieldsOfANewerSender() {
        var text = "{\"orderId\":\"" + ORDER + "\",\"priority\":\"high\",\"more\":{\"a\":[1]}}";

        assertThat(codec.read("inventory.release.v1", text))
                .isEqualTo(new ReleaseInventory(new OrderId(UUID.fromString(ORDER))));
    }

    @Test
    void doesNotCareForTheOrderOfFields() {
        var text = "{\"lines\":[{\"quantity\":2,\"sku\":\"milk-jug\"}],\"orderId\":\"" + ORDER + "\"}";

        assertThat(codec.read("inventory.reserve.v1", text))
                .isEqualTo(new ReserveInventory(
                        new OrderId(UUID.fromString(ORDER)), List.of(new OrderLine(new Sku("milk-jug"), 2))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                                   | orderId",
                "{`orderId`:null,`lines`:[]}                                          | orderId",
                "{`orderId`:`not-a-uuid`,`lines`:[]}                                  | not-a-uuid",
                "{`orderId`:``,`lines`:[]}                                            | ReserveInventory",
                "{`orderId`:7,`lines`:[]}                                             | ReserveInventory",
                "{`orderId`:{},`lines`:[]}                                            | ReserveInventory",
                "{`orderId`:`ID`}                                                     | lines",
                "{`orderId`:`ID`,`lines`:null}                                        | lines",
                "{`orderId`:`ID`,`lines`:`all`}                                       | ReserveInventory",
                "{`orderId`:`ID`,`lines`:[null]}                                      | ReserveInventory",
                "{`orderId`:`ID`,`lines`:[{`sku`:`milk-jug`}]}                        | quantity",
                "{`orderId`:`ID`,`lines`:[{`sku`:`milk-jug`,`quantity`:null}]}        | quantity",
                "{`orderId`:`ID`,`lines`:[{`sku`:`milk-jug`,`quantity`:1.7}]}         | quantity",
                "{`orderId`:`ID`,`lines`:[{`sku`:`milk-jug`,`quantity`:`many`}]}      | many",
                "{`orderId`:`ID`,`lines`:[{`sku`:`milk-jug`,`quantity`:99999999999}]} | ReserveInventory",
                "{`orderId`:`ID`,`lines`:[{`sku`:`milk-jug`,`quantity`:0}]}           | milk-jug",
                "{`orderId`:`ID`,`lines`:[{`sku`:`milk-jug`,`quantity`:-1}]}          | milk-jug",
                "{`orderId`:`ID`,`lines`:[{`sku`:null,`quantity`:1}]}                 | sku",
                "{`orderId`:`ID`,`lines`:[{`sku`:``,`quantity`:1}]}                   | SKU",
                "{`orderId`:`ID`,`lines`:[{`sku`:`a b`,`quantity`:1}]}                | a b",
            })
    void saysWhatIsWrongWithAReservation(String text, String named) {
        var json = text.replace('`', '"').replace("ID", ORDER);

        assertThatThrownBy(() -> codec.read("inventory.reserve.v1", json))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("ReserveInventory cannot be read")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`amount`:`-0.01`,`currency`:`EUR`}       | negative",
                "{`amount`:`0.001`,`currency`:`EUR`}       | smallest unit",
                "{`amount`:`1e999999999`,`currency`:`EUR`} | digits",
                "{`amount`:`1.00`,`currency`:`XXX`}        | XXX",
                "{`amount`:`1.00`,`currency`:`euro`}       | Reserved",
                "{`amount`:`1.00`,`currency`:``}           | Reserved",
                "{`amount`:`1.00`,`currency`:null}         | currency",
                "{`amount`:`1.00`}                         | currency",
                "{`amount`:`lots`,`currency`:`EUR`}        | lots",
                "{`amount`:``,`currency`:`EUR`}            | Reserved",
                "{`amount`:null,`currency`:`EUR`}          | amount",
            })
    void saysWhatIsWrongWithMoney(String money, String named) {
        var json = "{\"total\":" + money.replace('`', '"') + "}";

        assertThatThrownBy(() -> codec.read("inventory.reserved.v1", json))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("Reserved cannot be read")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "7", "\"text\"", "true", "{", "{]", "\u0000", "{} {}", "{}x", "<xml/>"})
    void refusesWhatIsNoObject(String garbage) {
        assertThatThrownBy(() -> codec.read("saga.undone.v1", garbage))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("Undone cannot be read");
    }

    @Test
    void refusesAnUnknownWireNameByName() {
        assertThatThrownBy(() -> codec.read("inventory.reserve.v99", "{}"))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("inventory.reserve.v99");
    }

    @Test
    void refusesATypeThatIsNotInTheCatalogue() {
        assertThatThrownBy(() -> codec.wireName(Stranger.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Stranger")
                .hasMessageContaining("add it there");
    }

    @Test
    void refusesAMessageTypeWithoutAWireName() {
        assertThatThrownBy(() -> new Codec(List.of(Stranger.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Stranger");
    }

    @Test
    void refusesTwoTypesOfTheSameName() {
        assertThatThrownBy(() -> new Codec(List.of(One.class, Other.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("One")
                .hasMessageContaining("Other")
                .hasMessageContaining("test.same.v1");
    }

    private record Stranger() {}

    @WireName("test.same.v1")
    private record One() {}

    @WireName("test.same.v1")
    private record Other() {}
}
