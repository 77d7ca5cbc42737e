package shop.checkout.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final TraceParent CALLER =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    @Test
    void keepsTheTraceAndItsFlagsInANewSpan() {
        var child = CALLER.child(new Random(1));

        assertThat(child.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(child.text())
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                .endsWith("-01")
                .hasSameSizeAs(CALLER.text());
        assertThat(child).isNotEqualTo(CALLER).isNotEqualTo(CALLER.child(new Random(2)));
    }

    @Test
    void neverMakesASpanOfZeros() {
        assertThat(CALLER.child(() -> 0).text()).endsWith("-0000000000000001-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void ignoresWhatIsMalformed(String header) {
        assertThat(TraceParent.of(header)).isEmpty();
        assertThatThrownBy(() -> new TraceParent(header)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAbsentWithoutAHeader() {
        assertThat(TraceParent.of(null)).isEmpty();
        assertThat(TraceParent.of(CALLER.text())).contains(CALLER);
    }
}
