package shop.checkout.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the bodies of requests so that nothing is guessed: what is not exactly as expected is a 4xx that says where. */
public final class StrictJson {

    /** Ample for the largest sensible checkout. */
    public static final DataSize MAX_SIZE = DataSize.ofKilobytes(64);

    private static final int MAX_FLAWS = 100;
    private static final int MAX_FIELD_NAME = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNameLength(MAX_FIELD_NAME)
                            .maxNumberLength(50)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * The body of a request, as the reader makes it.
     *
     * @throws ProblemException 413 when it is too large, 415 when it is encoded, 400 when it is not JSON or not what the
     *     reader expects
     * @throws IOException when the client does not send it to the end
     */
    public static <T> T read(HttpServletRequest request, Function<JsonInput, T> reader) throws IOException {
        refuseEncoded(request);
        return read(body(request), reader);
    }

    static <T> T read(byte[] body, Function<JsonInput, T> reader) {
        var flaws = new ArrayList<InvalidField>();
        T result = JsonInput.read("", parse(body), flaws, reader);
        if (!flaws.isEmpty()) {
            throw invalid(flaws);
        }
        return result;
    }

    private static ProblemException invalid(List<InvalidField> flaws) {
        var shown = flaws.stream()
                .sorted(Comparator.comparing(InvalidField::pointer))
                .limit(MAX_FLAWS)
                .toList();
        return ProblemException.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-request",
                        flaws.size() == 1
                                ? "One value is wrong; see errors."
                                : flaws.size() + " values are wrong; see errors.")
                .withErrors(shown);
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        int max = (int) MAX_SIZE.toBytes();
        if (request.getContentLengthLong() <= max) {
            var body = request.getInputStream().readNBytes(max + 1);
            if (body.length <= max) {
                return body;
            }
        }
        throw ProblemException.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large",
                "The body must not be larger than " + MAX_SIZE.toKilobytes() + " KiB.");
    }

    private static void refuseEncoded(HttpServletRequest request) {
        var encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if ((encoding != null && !encoding.equalsIgnoreCase("identity")) || !isUtf8(request)) {
            throw ProblemException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-encoding",
                    "The body must be JSON in UTF-8, without a Content-Encoding.");
        }
    }

    /** As the header says; the request's own encoding is what the server would like it to be. */
    private static boolean isUtf8(HttpServletRequest request) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        var charset = type == null ? null : MediaType.parseMediaType(type).getCharset();
        return charset == null || charset.equals(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(byte[] body) {
        var text = utf8(body);
        if (text.isBlank()) {
            throw malformed("The body is empty; it must be a JSON object.");
        }
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            var twice = e.getOriginalMessage().startsWith("Duplicate Object property");
            throw malformed((twice ? "A field is there twice" : "The body is not well-formed JSON") + near(e) + ".");
        }
    }

    private static String near(JacksonException e) {
        return Optional.ofNullable(e.getLocation())
                .filter(it -> it.getLineNr() > 0)
                .map(it -> ", near line " + it.getLineNr() + ", column " + it.getColumnNr())
                .orElse("");
    }

    /** Not left to the parser, which would guess other encodings. */
    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("The body is not UTF-8.");
        }
    }

    private static ProblemException malformed(String detail) {
        return ProblemException.of(HttpStatus.BAD_REQUEST, "malformed-json", detail);
    }
}
