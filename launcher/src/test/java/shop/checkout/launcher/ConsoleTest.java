package shop.checkout.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void writesTheProgressOverOnATerminalAndKeepsItBelowTheLines() {
        var console = console(true);

        console.progress("1 started", NOW);
        console.progress("2 started", NOW);
        console.say("payment-service died");
        console.endProgress();

        assertThat(text())
                .isEqualTo("\r\u001b[K1 started\r\u001b[K2 started\r\u001b[Kpayment-service died\n2 started\n");
    }

    @Test
    void writesAProgressLineEveryTenSecondsElsewhere() {
        var console = console(false);

        console.progress("1 started", NOW);
        console.progress("2 started", NOW.plusSeconds(9));
        console.progress("3 started", NOW.plusSeconds(10));

        assertThat(text()).isEqualTo("1 started\n3 started\n");
    }

    private Console console(boolean terminal) {
        return new Console(new PrintStream(written, true, StandardCharsets.UTF_8), terminal);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
