package shop.checkout.consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Random;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Codec;
import shop.checkout.outbox.Outbox;
import shop.checkout.parking.Parking;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** A replica that has just been started: what it knows, it has from the database. */
final class Replica {

    final BatchRunner runner;
    private final BatchHandler handler;
    private final KeyOrder order;
    private final Parking parking;
    private final TransactionTemplate transaction;

    /** @param delay in nanoseconds, of every message that is parked or postponed */
    Replica(TestDatabase database, BatchHandler handler, long delay) {
        this(database.jdbc(), database.transaction(), new SimpleMeterRegistry(), handler, delay);
    }

    Replica(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            MeterRegistry meters,
            BatchHandler handler,
            long delay) {
        this.transaction = transaction;
        this.handler = handler;
        this.parking = TestDatabase.parking(jdbc, delay);
        var traces = Traces.off(new Random(1));
        this.order = new KeyOrder(
                parking,
                new Outbox(jdbc, Codec.ofCatalogue(), new HybridClock(Clock.systemUTC()), traces),
                meters,
                traces);
        this.runner = new BatchRunner(handler, new Fence(jdbc, meters), order, parking, transaction);
    }

    ParkedRetry retry(String topic) {
        return new ParkedRetry(topic, handler, order, parking, transaction);
    }
}
