package shop.checkout.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "249, EUR, 249.00 EUR",
        "0, EUR, 0.00 EUR",
        "1.5, EUR, 1.50 EUR",
        "500, JPY, 500 JPY",
        "1.25, TND, 1.250 TND"
    })
    void alwaysHasTheDecimalsOfItsCurrency(String amount, String currency, String written) {
        assertThat(Money.of(amount, currency)).hasToString(written);
    }

    @Test
    void equalsTheSameAmountWrittenDifferently() {
        assertThat(Money.of("1.5", "EUR")).isEqualTo(Money.of("1.500", "EUR")).isEqualTo(Money.of("15e-1", "EUR"));
    }

    @ParameterizedTest
    @CsvSource({"24900, EUR, 249.00 EUR", "500, JPY, 500 JPY", "1250, TND, 1.250 TND", "0, EUR, 0.00 EUR"})
    void isStoredInItsSmallestUnit(long minor, String currency, String written) {
        var money = Money.ofMinor(minor, Currency.getInstance(currency));

        assertThat(money).hasToString(written);
        assertThat(money.minorUnits()).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({"-0.01, EUR", "0.001, EUR", "0.5, JPY", "1000000000000000, EUR", "1e999999999, EUR", "1, XXX", "1, XAU"
    })
    void refusesWhatNobodyCanPay(String amount, String currency) {
        assertThatThrownBy(() -> Money.of(amount, currency)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsAndMultipliesExactly() {
        assertThat(Money.of("0.10", "EUR").plus(Money.of("0.20", "EUR"))).isEqualTo(Money.of("0.30", "EUR"));
        assertThat(Money.of("24.50", "EUR").times(3)).isEqualTo(Money.of("73.50", "EUR"));
    }

    @Test
    void neverAddsDifferentCurrencies() {
        var euro = Money.of("1", "EUR");
        var dollar = Money.of("1", "USD");

        assertThatThrownBy(() -> euro.plus(dollar))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.00 EUR")
                .hasMessageContaining("1.00 USD");
    }
}
