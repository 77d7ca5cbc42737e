package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BannerTest {
    private final String text = new Banner(
                    new PortPlan(9080),
                    List.of(new Product("sold-out", "1.00", "EUR", 0), new Product("kettle", "29.00", "EUR", 5)),
                    Path.of("/tmp/shop"))
            .text();

    @Test
    void tellsWhereEverythingIs() {
        assertThat(text)
                .contains("http://127.0.0.1:9080/ui", "http://127.0.0.1:9084", "kettle (29.00 EUR)", "/tmp/shop");
    }

    @Test
    void offersAnOrderForEachWayACheckoutCanEnd() {
        assertThat(text.lines().filter(line -> line.startsWith("curl ")))
                .hasSize(DemoOrder.values().length)
                .allMatch(line -> line.contains("http://127.0.0.1:9080/api/v1/checkouts"))
                .allMatch(line -> line.chars().filter(c -> c == '\'').count() == 2)
                .anyMatch(line -> line.contains("\"sku\":\"sold-out\""))
                .anyMatch(line -> line.contains("\"sku\":\"kettle\"") && line.contains("\"postalCode\":\"00000\""))
                .anyMatch(line -> line.contains("pm_card_chargeDeclined"));
    }
}
