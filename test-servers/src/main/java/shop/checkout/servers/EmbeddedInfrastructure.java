package shop.checkout.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import shop.checkout.embedded.EmbeddedKafka;
import shop.checkout.embedded.EmbeddedPostgres;
import shop.checkout.embedded.Folders;

/** A process and a part of this JVM, as durable as in production, in a folder that is deleted afterwards. */
final class EmbeddedInfrastructure implements Infrastructure {

    private final Path folder;
    private final ArrayDeque<Runnable> started = new ArrayDeque<>();

    EmbeddedInfrastructure() {
        try {
            folder = Files.createTempDirectory("checkout-embedded-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the embedded PostgreSQL and Kafka", e);
        }
    }

    @Override
    public TestPostgres startPostgres() {
        var postgres = EmbeddedPostgres.start(folder.resolve("postgresql"), 0);
        started.push(postgres::close);
        return new TestPostgres("127.0.0.1", postgres.port(), postgres.username(), postgres.password());
    }

    @Override
    public TestKafka startKafka() {
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        started.push(kafka::close);
        return new TestKafka(kafka.bootstrapServers());
    }

    @Override
    public void close() {
        started.forEach(Runnable::run);
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("delete " + folder + " by hand", e);
        }
    }
}
