package shop.checkout.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void hasColumnsAsWideAsTheirWidestCell() {
        var table = new Table("", List.of("64 in flight", "x"));
        table.row("sagas/s", List.of("1", "12,345"));
        table.row("header", List.of("", ""));

        assertThat(table.text()).isEqualTo("""
                         64 in flight       x
                sagas/s             1  12,345
                header
                """);
    }

    @Test
    void refusesARowThatDoesNotFit() {
        var table = new Table("", List.of("one", "two"));

        assertThatThrownBy(() -> table.row("sagas/s", List.of("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sagas/s");
    }
}
