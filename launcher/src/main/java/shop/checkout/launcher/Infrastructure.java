package shop.checkout.launcher;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import shop.checkout.embedded.EmbeddedKafka;
import shop.checkout.embedded.EmbeddedPostgres;

/** PostgreSQL with the services' databases, and Kafka, side by side. */
final class Infrastructure implements AutoCloseable {
    private final Path postgresFolder;
    private final Path kafkaFolder;
    private final CompletableFuture<EmbeddedPostgres> postgres = new CompletableFuture<>();
    private final CompletableFuture<EmbeddedKafka> kafka = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private int kafkaPort;

    Infrastructure(Path postgresFolder, Path kafkaFolder) {
        this.postgresFolder = postgresFolder;
        this.kafkaFolder = kafkaFolder;
    }

    /**
     * Starts both in the background; does nothing when it was closed already.
     *
     * @throws LauncherException when Kafka's folder cannot be used
     */
    void start() {
        if (begun.compareAndSet(false, true)) {
            kafkaPort = portOfKafka();
            inBackground("postgresql", postgres, this::startPostgres);
            inBackground("kafka", kafka, () -> EmbeddedKafka.start(kafkaFolder, kafkaPort));
        }
    }

    /**
     * Waits until it runs.
     *
     * @throws LauncherException when it cannot be started
     */
    EmbeddedPostgres postgres() {
        return await(postgres);
    }

    /**
     * Waits until it runs.
     *
     * @throws LauncherException when it cannot be started
     */
    EmbeddedKafka kafka() {
        return await(kafka);
    }

    /** Where Kafka will be: known from the start on, so that its clients need not wait until it is there. */
    String kafkaAddress() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** Stops Kafka, then PostgreSQL; waits for those that are still starting. */
    @Override
    public void close() {
        if (begun.compareAndSet(false, true)) {
            return;
        }
        kafka.handle((running, _) -> running).thenAccept(Infrastructure::close).join();
        postgres.handle((running, _) -> running)
                .thenAccept(Infrastructure::close)
                .join();
    }

    /** Stops what runs, without waiting for what is still starting: that ends with this JVM, and so does Kafka. For data nobody needs. */
    void abandon() {
        begun.set(true);
        if (postgres.isDone() && !postgres.isCompletedExceptionally()) {
            close(postgres.join());
        }
    }

    private static void close(AutoCloseable running) {
        try {
            if (running != null) {
                running.close();
            }
        } catch (Exception e) {
            throw new LauncherException("could not be stopped in good order: " + e.getMessage(), e);
        }
    }

    private static <T> T await(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new LauncherException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        }
    }

    private int portOfKafka() {
        try {
            return EmbeddedKafka.portFor(kafkaFolder);
        } catch (UncheckedIOException | IllegalStateException e) {
            var failure = new LauncherException("Kafka cannot be started: " + e.getMessage(), e);
            kafka.completeExceptionally(failure);
            postgres.completeExceptionally(failure);
            throw failure;
        }
    }

    private EmbeddedPostgres startPostgres() {
        var started = EmbeddedPostgres.start(postgresFolder, 0);
        for (var part : Part.values()) {
            if (part.isService()) {
                started.createDatabase(part.database());
            }
        }
        return started;
    }

    private static <T> void inBackground(String name, CompletableFuture<T> result, Supplier<T> start) {
        Thread.ofPlatform().name("start-" + name).daemon().start(() -> {
            try {
                result.complete(start.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }
}
