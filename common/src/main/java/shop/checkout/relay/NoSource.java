package shop.checkout.relay;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.connector.SourceInfoStructMaker;
import io.debezium.connector.postgresql.SourceInfo;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Leaves out of each event where in the log it stood: nothing that is published tells it, and the position is in the offset.
 *
 * <p>It is by this information that Debezium keeps metrics of its own, which nobody reads: it hands each event's age to a thread that is
 * woken for it, and describes each event in words. Without it, that work is gone. Public because Debezium makes
 * it by its name.
 */
public final class NoSource implements SourceInfoStructMaker<SourceInfo> {

    private static final Schema SCHEMA = SchemaBuilder.struct()
            .name("shop.checkout.relay.NoSource")
            .field(SourceInfo.TIMESTAMP_KEY, Schema.OPTIONAL_INT64_SCHEMA) // Debezium asks for these four
            .field(SourceInfo.TXID_KEY, Schema.OPTIONAL_INT64_SCHEMA)
            .field(SourceInfo.LSN_KEY, Schema.OPTIONAL_INT64_SCHEMA)
            .field(SourceInfo.XMIN_KEY, Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private static final Struct NOTHING = new Struct(SCHEMA);

    @Override
    public void init(String connector, String version, CommonConnectorConfig settings) {}

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Struct struct(SourceInfo source) {
        return NOTHING;
    }
}
