package shop.checkout.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final UUID KEY = UUID.fromString("0199a5b2-0000-7000-8000-000000000001");

    @Test
    void comesBackAsItWasHandedOut() {
        assertThat(Cursor.parse(Cursor.of(KEY).text()).uuid()).isEqualTo(KEY);
        assertThat(Cursor.parse(new Cursor("kaffee-mühle").text())).isEqualTo(new Cursor("kaffee-mühle"));
    }

    @Test
    void fitsIntoAnAddressWithoutEscaping() {
        assertThat(new Cursor("??>>~~ä").text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "!!!!", "AAAAAAAA", "0199a5b2-0000-7000-8000-000000000001", "%00"})
    void refusesWhatNobodyHandedOut(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.parse(text));
    }

    @Test
    void refusesADamagedOne() {
        var text = Cursor.of(KEY).text();
        for (int i = 0; i < text.length() - 1; i++) {
            var damaged = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.parse(damaged));
        }
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        Cursor.parse(new Cursor("espresso-machine").text()).uuid());
    }

    @Test
    void namesTheLastShownRowWhenThereAreMore() {
        var request = PageRequest.parse("2", null);

        var page = request.page(List.of("a", "b", "c"), Cursor::new, item -> item);

        assertThat(request.fetch()).isEqualTo(3);
        assertThat(page).isEqualTo(new Page<>(List.of("a", "b"), new Cursor("b").text()));
    }

    @Test
    void hasNoNextWhenThatWasAll() {
        assertThat(PageRequest.parse("2", null).page(List.of("a", "b"), Cursor::new, item -> item))
                .isEqualTo(new Page<>(List.of("a", "b"), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "1.0", "ten", "", "99999999999", "+5", " 5"})
    void refusesAnAbsurdLimit(String limit) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> PageRequest.parse(limit, null));
    }
}
