package shop.checkout.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** G16: what must stay out of logs and topics is not there, after all that the other tests did. */
@ExtendWith(SharedShop.class)
@Order(9)
class SecretsIT {

    private static final String CARD_NUMBER = "4242424242424242";

    @Test
    void keepsACardNumberOutOfEverything(RunningShop shop) throws IOException {
        var cart = new Cart("espresso-machine", 1, CARD_NUMBER, "SW1Y 4JH");

        var answer = shop.api().checkout("card-number", cart.json(), Duration.ZERO);

        assertThat(answer.status()).isBetween(400, 422);
        assertThat(answer.text()).doesNotContain(CARD_NUMBER);
        assertThat(logsWith(shop, CARD_NUMBER)).isEmpty();
        assertThat(shop.topics().read(_ -> true))
                .noneMatch(it -> new String(it.value(), ISO_8859_1).contains(CARD_NUMBER));
    }

    @Test
    void keepsTheDatabasePasswordOutOfLogs(RunningShop shop) throws IOException {
        assertThat(logsWith(shop, shop.databases().password())).isEmpty();
    }

    private static List<Path> logsWith(RunningShop shop, String secret) throws IOException {
        try (var ofLauncher = Files.list(shop.folder());
                var ofServices = Files.walk(shop.data().resolve("logs"))) {
            var logs = Stream.concat(ofLauncher, ofServices)
                    .filter(Files::isRegularFile)
                    .toList();
            assertThat(logs).as("did not test: logs").hasSizeGreaterThan(4);
            return logs.stream().filter(log -> contains(log, secret)).toList();
        }
    }

    private static boolean contains(Path file, String secret) {
        try (var lines = Files.lines(file, ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains(secret));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
