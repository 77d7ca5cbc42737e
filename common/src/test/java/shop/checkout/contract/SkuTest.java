package shop.checkout.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkuTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "espresso-machine", "beans_1.5kg", "A-Z.0_9"})
    void isPlainText(String text) {
        assertThat(new Sku(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", ".a", "_a", "a b", "a/b", "a\n", "ä", "a\u0000", "a'b", "a%b"})
    void refusesWhatCouldMeanSomethingElsewhere(String text) {
        assertThatThrownBy(() -> new Sku(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasAtMost64Characters() {
        assertThat(new Sku("x".repeat(64)).value()).hasSize(64);
        assertThatThrownBy(() -> new Sku("x".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, OrderLine.MAX_QUANTITY + 1, Integer.MAX_VALUE})
    void cannotBeOrderedInAbsurdQuantities(int quantity) {
        var sku = new Sku("milk-jug");

        assertThatThrownBy(() -> new OrderLine(sku, quantity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("milk-jug")
                .hasMessageContaining(Integer.toString(quantity));
    }
}
