package shop.checkout.relay;

import java.time.Duration;
import java.util.Map;
import shop.checkout.lease.LeaseTimes;

/**
 * What one relay reads, where it publishes and how it is tuned.
 *
 * @param slot name of the replication slot and of the lease; one a database
 * @param publication the publication of the outbox table
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?…}; its parameters (TLS, say) hold for the replication connection too
 * @param user a role of the relay's own: {@code login replication}, {@code usage} on the schema, {@code select} on outbox, {@code select,
 *     insert, update} on lease and relay_position. It may end the walsender of a predecessor because both have the same role; nobody else
 *     needs the right to.
 * @param kafka settings of the producer beside the relay's own, such as security; must hold {@code bootstrap.servers}
 * @param source who sends, for the header ce_source, such as {@code /payment-service}
 */
public record RelaySettings(
        String slot,
        String publication,
        String jdbcUrl,
        String user,
        String password,
        Map<String, String> kafka,
        String source,
        Tuning tuning) {

    private static final String BOOTSTRAP = "bootstrap.servers";

    public RelaySettings {
        kafka = Map.copyOf(kafka);
        if (!slot.matches("[a-z0-9_]{1,63}")) {
            throw new IllegalArgumentException("slot '" + slot + "' must consist of 1 to 63 of a-z, 0-9 and _");
        }
        if (!kafka.containsKey(BOOTSTRAP)) {
            throw new IllegalArgumentException("the Kafka settings of relay " + slot + " lack " + BOOTSTRAP);
        }
    }

    /** What a service's slot and lease are called. */
    public static String slotOf(String service) {
        return service.replace('-', '_') + "_outbox";
    }

    /** With the publication {@code outbox} and the usual tuning. */
    public static RelaySettings of(
            String slot, String jdbcUrl, String user, String password, String bootstrapServers, String source) {
        return new RelaySettings(
                slot, "outbox", jdbcUrl, user, password, Map.of(BOOTSTRAP, bootstrapServers), source, Tuning.DEFAULT);
    }

    public RelaySettings with(Tuning tuning) {
        return new RelaySettings(slot, publication, jdbcUrl, user, password, kafka, source, tuning);
    }

    @Override
    public String toString() {
        return "RelaySettings[" + slot + " of " + source + "]"; // the password stays out of logs
    }

    /**
     * @param least while there is processor time to spare
     * @param most when there is none
     */
    public record Waits(Duration least, Duration most) {}

    /**
     * @param batchRows the most rows published and awaited together
     * @param queueRows the most rows between reading and publishing
     * @param queueBytes about the most bytes of heap between reading and publishing
     * @param coalesce how long a busy relay waits for a batch to grow; an idle one does not wait
     * @param confirmEvery how often the published position is stored and confirmed under load; what a crash makes it send again
     * @param heartbeat how often an idle relay moves the slot on, so that it does not pin the log
     * @param ackLimit how long Kafka may take to acknowledge a batch before it is begun anew
     * @param compression of Kafka record batches
     */
    public record Tuning(
            int batchRows,
            int queueRows,
            long queueBytes,
            Waits coalesce,
            Duration confirmEvery,
            Duration heartbeat,
            Duration ackLimit,
            String compression,
            LeaseTimes lease) {

        public static final Tuning DEFAULT = new Tuning(
                2048,
                8192,
                32L << 20,
                new Waits(Duration.ofMillis(4), Duration.ofMillis(25)),
                Duration.ofMillis(200),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                "lz4",
                LeaseTimes.DEFAULT);

        public Tuning {
            if (batchRows < 1 || queueRows < batchRows || queueBytes < 1) {
                throw new IllegalArgumentException("the relay's queue (%d rows, %d bytes) must hold a batch (%d rows)"
                        .formatted(queueRows, queueBytes, batchRows));
            }
        }

        public Tuning withCoalesce(Waits waits) {
            return new Tuning(
                    batchRows, queueRows, queueBytes, waits, confirmEvery, heartbeat, ackLimit, compression, lease);
        }

        public Tuning withAckLimit(Duration limit) {
            return new Tuning(
                    batchRows, queueRows, queueBytes, coalesce, confirmEvery, heartbeat, limit, compression, lease);
        }

        public Tuning withHeartbeat(Duration every) {
            return new Tuning(
                    batchRows, queueRows, queueBytes, coalesce, confirmEvery, every, ackLimit, compression, lease);
        }

        public Tuning withCompression(String type) {
            return new Tuning(
                    batchRows, queueRows, queueBytes, coalesce, confirmEvery, heartbeat, ackLimit, type, lease);
        }

        public Tuning withQueue(int rows, long bytes) {
            return new Tuning(
                    Math.min(batchRows, rows),
                    rows,
                    bytes,
                    coalesce,
                    confirmEvery,
                    heartbeat,
                    ackLimit,
                    compression,
                    lease);
        }
    }
}
