package shop.checkout.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import shop.checkout.codec.Headers;

/** Turns outbox rows into Kafka records: CloudEvents in binary mode, published under one lease. */
final class RecordWriter {

    private final Header source;
    private final Header token;
    private final Header specVersion = header(Headers.SPEC_VERSION, "1.0");
    private final Header contentType = header(Headers.CONTENT_TYPE, "application/json");

    RecordWriter(String source, long token) {
        this.source = header(Headers.SOURCE, source);
        this.token = header(Headers.FENCING_TOKEN, Long.toString(token));
    }

    ProducerRecord<String, byte[]> write(OutboxRow row) {
        var written =
                new ProducerRecord<>(row.topic(), row.recordKey(), row.payload().getBytes(UTF_8));
        var headers = written.headers();
        headers.add(header(Headers.ID, row.recordKey() + "/" + row.name()));
        headers.add(source);
        headers.add(header(Headers.TYPE, row.type()));
        headers.add(specVersion);
        headers.add(header(Headers.TIME, row.writtenAt().toString()));
        headers.add(contentType);
        headers.add(header(Headers.HLC, Long.toString(row.hlc())));
        headers.add(token);
        headers.add(header(Headers.SEND, Integer.toString(row.send())));
        addIfPresent(headers, Headers.CAUSE, row.cause());
        addIfPresent(headers, Headers.REPLY_TO, row.replyTo());
        addIfPresent(headers, Headers.TRACE_PARENT, row.traceParent());
        return written;
    }

    private static void addIfPresent(
            org.apache.kafka.common.header.Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(header(name, value));
        }
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
