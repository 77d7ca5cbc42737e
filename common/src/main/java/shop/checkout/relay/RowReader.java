package shop.checkout.relay;

import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds the outbox row in a change event. Fields are looked up once for each version of the table; used by one thread.
 */
final class RowReader {

    private @Nullable Columns columns;

    /**
     * Empty for what is not the insert of a row: heartbeats, logical messages.
     *
     * @throws IllegalStateException when a row lacks a column, which no retry will mend
     */
    Optional<OutboxRow> read(SourceRecord event) {
        if (!(event.value() instanceof Struct value) || value.schema().field("after") == null) {
            return Optional.empty();
        }
        var row = value.getStruct("after");
        if (row == null) {
            return Optional.empty();
        }
        var known = columns;
        if (known == null || known.schema != row.schema()) {
            known = new Columns(row.schema());
            columns = known;
        }
        return Optional.of(known.read(row));
    }

    private static final class Columns {
        private final Schema schema;
        private final Field topic;
        private final Field recordKey;
        private final Field type;
        private final Field payload;
        private final Field name;
        private final Field cause;
        private final Field replyTo;
        private final Field send;
        private final Field hlc;
        private final Field traceParent;

        Columns(Schema schema) {
            this.schema = schema;
            topic = column("aggregatetype");
            recordKey = column("aggregateid");
            type = column("type");
            payload = column("payload");
            name = column("name");
            cause = column("cause");
            replyTo = column("reply_to");
            send = column("send");
            hlc = column("hlc");
            traceParent = column("traceparent");
        }

        OutboxRow read(Struct row) {
            return new OutboxRow(
                    text(row, topic),
                    text(row, recordKey),
                    text(row, type),
                    text(row, payload),
                    text(row, name),
                    (String) row.get(cause),
                    (String) row.get(replyTo),
                    (Integer) row.get(send),
                    (Long) row.get(hlc),
                    (String) row.get(traceParent));
        }

        private Field column(String column) {
            var field = schema.field(column);
            if (field == null) {
                throw new IllegalStateException(
                        "the publication of the outbox lacks the column " + column + "; add it by a migration");
            }
            return field;
        }

        private static String text(Struct row, Field column) {
            if (row.get(column) instanceof String text) {
                return text;
            }
            throw new IllegalStateException("an outbox row has no " + column.name() + ": " + row.get(column));
        }
    }
}
