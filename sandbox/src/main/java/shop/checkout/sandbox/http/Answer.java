package shop.checkout.sandbox.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.ObjectWriter;

/**
 * What a client gets.
 *
 * @param replayed whether this is the stored answer to an idempotency key that was used before
 * @param delay how long the network is to swallow it: everything is done, the answer is late
 */
public record Answer(int status, Body body, boolean replayed, Duration delay) {

    /** What follows the headers. */
    public sealed interface Body {}

    /** One JSON document. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    public record Json(byte[] bytes) implements Body {}

    /** One JSON document a line, written as they come. */
    public record JsonLines(List<?> values, ObjectWriter writer) implements Body {
        public JsonLines {
            values = List.copyOf(values);
        }
    }

    /** Something to read. */
    public record Text(String text) implements Body {}

    public static Answer json(int status, byte[] json) {
        return new Answer(status, new Json(json), false, Duration.ZERO);
    }

    public static Answer of(int status, Body body) {
        return new Answer(status, body, false, Duration.ZERO);
    }

    public Answer asReplay() {
        return new Answer(status, body, true, delay);
    }

    public Answer after(Duration late) {
        return new Answer(status, body, replayed, late);
    }

    Optional<Duration> lateness() {
        return Optional.of(delay).filter(Duration::isPositive);
    }
}
