package shop.checkout.relay;

import io.debezium.config.Configuration;
import io.debezium.connector.base.QueueProviderService;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.pipeline.ErrorHandler;
import io.debezium.service.spi.ServiceProvider;
import io.debezium.service.spi.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's task, with two delays taken out: records are handed on when they arrive, and confirming a position does not
 * keep the publishing thread waiting for the reading one. Public because Debezium makes it.
 */
public final class OutboxTask extends PostgresConnectorTask {

    static final String BATCH_ROWS = "relay.batch.rows";
    static final String QUEUE_ROWS = "relay.queue.rows";
    static final String QUEUE_BYTES = "relay.queue.bytes";
    static final String COALESCE_NANOS = "relay.coalesce.nanos";
    static final String COALESCE_MOST_NANOS = "relay.coalesce.most.nanos";

    /** How long a failure of the reading thread may go unnoticed. */
    private static final long LOOK_UP_NANOS = Duration.ofMillis(200).toNanos();

    private final AtomicReference<@Nullable Throwable> confirmFailure = new AtomicReference<>();
    private int batchRows;
    private @Nullable OutboxQueue queue;
    private @Nullable ExecutorService confirmer;

    @Override
    public CdcSourceTaskContext<PostgresConnectorConfig> preStart(Configuration config) {
        stopConfirming(); // Debezium begins anew with the same task when the database was away at its start
        batchRows = config.getInteger(BATCH_ROWS);
        queue = new OutboxQueue(
                config.getInteger(QUEUE_ROWS),
                config.getLong(QUEUE_BYTES),
                new Coalescing(config.getLong(COALESCE_NANOS), config.getLong(COALESCE_MOST_NANOS)));
        Thread.currentThread().setName("relay-publish");
        confirmer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("relay-confirm").factory());
        return super.preStart(config);
    }

    /** Makes Debezium fill our queue: the task holds both ends, so nothing is shared between two relays of one JVM. */
    @Override
    protected void registerServiceProviders(ServiceRegistry registry) {
        super.registerServiceProviders(registry);
        registry.registerServiceProvider(new ServiceProvider<QueueProviderService>() {
            @Override
            public QueueProviderService createService(Configuration configuration, ServiceRegistry services) {
                return new QueueProviderService(queue());
            }

            @Override
            public Class<QueueProviderService> getServiceClass() {
                return QueueProviderService.class;
            }
        });
    }

    /** One carrier for all that has arrived: the engine hands every record it sees to another thread and back. */
    @Override
    public List<SourceRecord> doPoll() throws InterruptedException {
        failIfReadingFailed();
        var records = queue().take(batchRows, LOOK_UP_NANOS);
        return records.isEmpty() ? List.of() : List.of(new OutboxBatch(records));
    }

    /**
     * Tells PostgreSQL the position that was marked. In a thread of its own, because the status message waits until the
     * reading thread looks up from the socket, which on an idle database takes some 20 ms.
     */
    @Override
    public void performCommit() {
        var executor = confirmer;
        if (executor == null) {
            return;
        }
        try {
            executor.execute(this::confirm);
        } catch (RejectedExecutionException _) {
            // the task has been stopped; the successor goes on from the position confirmed before
        }
    }

    private void confirm() {
        try {
            super.performCommit();
        } catch (RuntimeException e) {
            confirmFailure.compareAndSet(null, e);
        }
    }

    private void failIfReadingFailed() {
        var reading = getErrorHandler().map(ErrorHandler::getProducerThrowable).orElseGet(confirmFailure::get);
        if (reading != null) {
            throw new ConnectException("the write-ahead log cannot be read", reading);
        }
    }

    @Override
    protected void doStop() {
        stopConfirming();
        super.doStop();
    }

    private void stopConfirming() {
        var executor = confirmer;
        if (executor == null) {
            return;
        }
        executor.shutdown();
        try {
            executor.awaitTermination(LOOK_UP_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }

    private OutboxQueue queue() {
        if (queue == null) {
            throw new IllegalStateException("the outbox task is used before its start");
        }
        return queue;
    }
}
