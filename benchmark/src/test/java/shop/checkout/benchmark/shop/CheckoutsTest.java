package shop.checkout.benchmark.shop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.checkout.benchmark.load.Answer;

class CheckoutsTest {
    private static final long GOOD = 20;
    private static final long DECLINED = 29;

    private final Checkouts checkouts = new Checkouts();

    @Test
    void tellTheirLength() {
        var request = text(7);
        int body = request.indexOf("\r\n\r\n") + 4;

        assertThat(request.substring(body)).startsWith("{").endsWith("}");
        assertThat(request).contains("Content-Length: " + (request.length() - body) + "\r\n");
    }

    @Test
    void haveKeysOfTheirOwn() {
        var keys = new HashSet<String>();
        LongStream.range(0, 500)
                .forEach(n -> text(n).lines()
                        .filter(it -> it.startsWith("Idempotency-Key"))
                        .forEach(keys::add));

        assertThat(keys).hasSize(500);
        assertThat(text(7)).as("asked again").isEqualTo(text(7));
    }

    @Test
    void areDeclinedOneInTen() {
        assertThat(LongStream.range(0, 1000).filter(n -> text(n).contains("pm_card_chargeDeclined")))
                .hasSize(100)
                .allMatch(Checkouts::isDeclined);
    }

    @ParameterizedTest
    @CsvSource({
        GOOD + ",200,COMPLETED,true",
        DECLINED + ",200,REJECTED,true",
        GOOD + ",200,REJECTED,false",
        DECLINED + ",200,COMPLETED,false",
        GOOD + ",202,COMPLETED,false",
        GOOD + ",202,RUNNING,false"
    })
    void mustEndAsTheirPaymentSays(long n, int status, String ended, boolean right) {
        var body = "{\"id\":\"x\",\"status\":\"" + ended + "\",\"steps\":[]}";

        assertThat(checkouts.complaint(n, new Answer(status, body, false)).isEmpty())
                .isEqualTo(right);
    }

    @Test
    void mayBeRefusedWithoutAStatus() {
        assertThat(checkouts.complaint(GOOD, new Answer(503, "", false)))
                .contains("503 without a status instead of 200 COMPLETED");
    }

    @Test
    void leaveSoManySagas() {
        assertThat(Books.after(29).sagas()).isEqualTo(Map.of("COMPLETED", 27L, "REJECTED", 2L));
        assertThat(Books.after(30).sagas()).isEqualTo(Map.of("COMPLETED", 27L, "REJECTED", 3L));
        assertThat(Books.after(0).sagas()).isEmpty();
    }

    @Test
    void areCountedFromTheBeginningOfTheBenchmark() {
        var before = new Books(Map.of("COMPLETED", 5L));
        var after = new Books(Map.of("COMPLETED", 7L, "RUNNING", 1L));

        assertThat(after.since(before)).isEqualTo(new Books(Map.of("COMPLETED", 2L, "RUNNING", 1L)));
    }

    private String text(long n) {
        return US_ASCII.decode(checkouts.request(n)).toString();
    }
}
