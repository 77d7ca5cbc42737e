package shop.checkout.relay;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of Debezium's embedded engine over the outbox; a new one is made for each run. */
final class OutboxEngine {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxEngine.class);

    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch settled = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    OutboxEngine(
            RelaySettings settings, Database database, ChangeConsumer<RecordChangeEvent<SourceRecord>> publishing) {
        this.engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties(settings, database))
                .using((OffsetCommitPolicy) (marked, since) -> {
                    settled.countDown(); // asked after every poll that brings nothing
                    return true; // Publishing decides when; it marks nothing before its time
                })
                .using((success, message, error) -> {
                    if (error != null) {
                        failure.set(error);
                    }
                })
                .notifying((batch, committer) -> {
                    settled.countDown();
                    publishing.handleBatch(batch, committer);
                })
                .build();
    }

    /** Runs until it is closed or fails, and returns what made it fail. */
    Optional<Throwable> run() {
        try {
            engine.run();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            settled.countDown();
            ended.countDown();
        }
        return Optional.ofNullable(failure.get());
    }

    /** Ends the run from another thread; when it returns the run has ended, or the limit has passed. */
    void close(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        // Closed while it starts, which takes half a second, Debezium refuses, or waits for a poll that it has thrown
        // away
        settled.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (ended.getCount() > 0) {
                engine.close();
            }
        } catch (IllegalStateException | IOException e) {
            LOG.debug("the engine is ending by itself", e);
        }
        ended.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private static Properties properties(RelaySettings settings, Database database) {
        var properties = new Properties();
        database.parameters().forEach((name, value) -> properties.put("driver." + name, value));
        engine(properties, settings);
        source(properties, settings, database);
        position(properties, settings.tuning());
        latency(properties, settings.tuning());
        return properties;
    }

    private static void engine(Properties properties, RelaySettings settings) {
        properties.put("name", settings.slot());
        properties.put("topic.prefix", settings.slot());
        properties.put("connector.class", OutboxConnector.class.getName());
        // It is us who begin anew after a failure, with the lease checked; a retry within Debezium would know nothing
        // of it.
        properties.put("errors.max.retries", "0");
        properties.put("slot.max.retries", "0");
        properties.put("retriable.restart.connector.wait.ms", "1000");
        properties.put("record.processing.threads", "1");
        properties.put("record.processing.shutdown.timeout.ms", "500");
        properties.put("executor.shutdown.timeout.ms", "500");
        properties.put("task.management.timeout.ms", "10000");
    }

    private static void source(Properties properties, RelaySettings settings, Database database) {
        properties.put("database.hostname", database.host());
        properties.put("database.port", database.port());
        properties.put("database.dbname", database.name());
        properties.put("database.user", settings.user());
        properties.put("database.password", settings.password());
        properties.put("driver.connectTimeout", "2");
        properties.put("driver.socketTimeout", "10");
        properties.put("plugin.name", "pgoutput");
        properties.put("slot.name", settings.slot());
        properties.put("slot.drop.on.stop", "false");
        properties.put("slot.failover", "true");
        properties.put("publication.name", settings.publication());
        properties.put("publication.autocreate.mode", "disabled");
        properties.put("table.include.list", "[^.]+[.]outbox");
        // what is not published; of a type that it does not know Debezium would warn at every start
        properties.put("column.exclude.list", "[^.]+[.]outbox[.](id|created_at|transaction_id)");
        properties.put("sourceinfo.struct.maker", NoSource.class.getName());
        properties.put("snapshot.mode", "no_data");
        properties.put("tombstones.on.delete", "false");
        properties.put("include.schema.changes", "false");
    }

    /** The slot alone remembers the position, and only {@link Publishing} moves it on. */
    private static void position(Properties properties, RelaySettings.Tuning tuning) {
        properties.put("offset.storage", MemoryOffsetBackingStore.class.getName());
        properties.put("offset.mismatch.strategy", "trust_slot");
        properties.put("offset.flush.interval.ms", "0");
        properties.put("lsn.flush.mode", "connector");
        properties.put("lsn.flush.timeout.ms", "5000");
        // heartbeats bring the end of the last transaction, so that it is confirmed though no other follows
        properties.put(
                "heartbeat.interval.ms",
                Long.toString(Math.max(1, tuning.confirmEvery().toMillis())));
    }

    private static void latency(Properties properties, RelaySettings.Tuning tuning) {
        properties.put("driver.socketFactory", PatientSocketFactory.class.getName());
        properties.put("poll.interval.ms", "1");
        properties.put("max.batch.size", Integer.toString(tuning.queueRows()));
        properties.put(
                "max.queue.size", Integer.toString(tuning.queueRows() + 1)); // never reached: ours is full before
        properties.put(OutboxTask.BATCH_ROWS, Integer.toString(tuning.batchRows()));
        properties.put(OutboxTask.QUEUE_ROWS, Integer.toString(tuning.queueRows()));
        properties.put(OutboxTask.QUEUE_BYTES, Long.toString(tuning.queueBytes()));
        properties.put(
                OutboxTask.COALESCE_NANOS,
                Long.toString(tuning.coalesce().least().toNanos()));
        properties.put(
                OutboxTask.COALESCE_MOST_NANOS,
                Long.toString(tuning.coalesce().most().toNanos()));
    }
}
