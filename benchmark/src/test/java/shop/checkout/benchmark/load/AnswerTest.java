package shop.checkout.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final String WITH_LENGTH = "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\nA\r\nlo, world!\r\n0\r\n\r\n";

    @Test
    void mayTellItsLength() {
        assertThat(parse(WITH_LENGTH)).contains(new Answer(200, "hello", false));
    }

    @Test
    void mayComeInChunks() {
        assertThat(parse(CHUNKED)).contains(new Answer(200, "hello, world!", false));
    }

    @Test
    void mayHaveNoBody() {
        assertThat(parse("HTTP/1.1 304 \r\nETag: \"7\"\r\n\r\n")).contains(new Answer(304, "", false));
    }

    @Test
    void mayBeTheLastOfItsConnection() {
        assertThat(parse("HTTP/1.1 503 \r\nCONNECTION: Close\r\ncontent-length: 0\r\n\r\n"))
                .contains(new Answer(503, "", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_LENGTH, CHUNKED})
    void isNothingBeforeItsLastByte(String whole) {
        for (int length = 0; length < whole.length(); length++) {
            assertThat(parse(whole.substring(0, length))).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void isOfHttp() {
        assertThatThrownBy(() -> parse("SSH-2.0 hello\r\n\r\n")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<Answer> parse(String received) {
        var bytes = (received + "what an earlier answer left in the buffer").getBytes(UTF_8);
        return Answer.of(bytes, received.length());
    }
}
