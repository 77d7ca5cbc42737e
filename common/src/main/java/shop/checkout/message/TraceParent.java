package shop.checkout.message;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * In which trace something is done, and as part of what: the {@code traceparent} of W3C Trace Context, version 00. All that a request
 * causes, in whatever service, keeps its trace id.
 */
public record TraceParent(String text) {

    /** Of HTTP requests and Kafka records. */
    public static final String HEADER = "traceparent";

    /** Where log lines name the trace, after the Elastic Common Schema. */
    public static final String LOG_FIELD = "trace.id";

    /** Likewise the span. */
    public static final String SPAN_LOG_FIELD = "span.id";

    private static final Pattern FORMAT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 52;

    /** @throws IllegalArgumentException when it is none */
    public TraceParent {
        if (!FORMAT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a traceparent of version 00: " + text);
        }
    }

    /** What a header says; nothing if it is malformed, as the standard asks. */
    public static Optional<TraceParent> of(@Nullable String header) {
        return Optional.ofNullable(header)
                .filter(it -> FORMAT.matcher(it).matches())
                .map(TraceParent::new);
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return text.substring(3, SPAN_ID - 1);
    }

    /** 16 hexadecimal digits. */
    public String spanId() {
        return text.substring(SPAN_ID, FLAGS);
    }

    /** Whether spans of this trace are recorded, as its first request has decided. */
    public boolean isSampled() {
        return (Character.digit(text.charAt(text.length() - 1), 16) & 1) == 1;
    }

    /** Of something that this has caused: the same trace, a new span. */
    public TraceParent child(RandomGenerator random) {
        var spanId = HexFormat.of().toHexDigits(random.nextLong() | 1);
        return new TraceParent(text.substring(0, SPAN_ID) + spanId + text.substring(FLAGS));
    }

    @Override
    public String toString() {
        return text;
    }
}
