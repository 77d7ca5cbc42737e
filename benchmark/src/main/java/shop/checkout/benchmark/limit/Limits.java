package shop.checkout.benchmark.limit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import shop.checkout.benchmark.load.Load;
import shop.checkout.benchmark.load.Pace;
import shop.checkout.benchmark.shop.Part;
import shop.checkout.benchmark.shop.RunningShop;

/** Measures what this machine can do, with the system's own servers while the system itself has nothing to do. */
public final class Limits {
    private static final Pace READERS = new Pace.InFlight(64);

    private static final String COMPLETED = """
            select id from saga where definition = 'checkout' and status = 'COMPLETED' order by id desc limit 1
            """;

    private final RunningShop shop;
    private final Duration time;

    /** @param time how long each is measured */
    public Limits(RunningShop shop, Duration time) {
        this.shop = shop;
        this.time = time;
    }

    /** There must be a completed checkout. */
    public List<Limit> measure() throws SQLException, InterruptedException {
        var limits = new ArrayList<Limit>();
        var saga = completed();
        limits.add(reads(saga));
        try (var scratch = Scratch.make(shop, saga)) {
            limits.addAll(new DatabaseLimits(scratch, time).measure());
            limits.addAll(new KafkaLimits(shop.kafka(), time).measure(scratch.payloads()));
        }
        return List.copyOf(limits);
    }

    private Limit reads(UUID saga) throws InterruptedException {
        try (var load = Load.start(shop.orchestrator(), new ShowCheckout(saga), 0, READERS)) {
            long begun = System.nanoTime();
            Thread.sleep(time);
            double perSecond = load.ended() * 1e9 / (System.nanoTime() - begun);
            load.finish();
            if (!load.complaints().equals(Map.of())) {
                throw new IllegalStateException("a checkout cannot be read: " + load.complaints());
            }
            return new Limit("reads of a checkout over HTTP", perSecond, 1);
        }
    }

    private UUID completed() throws SQLException {
        try (var orchestrator = shop.database(Part.ORCHESTRATOR);
                var statement = orchestrator.createStatement();
                var rows = statement.executeQuery(COMPLETED)) {
            if (!rows.next()) {
                throw new IllegalStateException("no checkout has completed");
            }
            return rows.getObject(1, UUID.class);
        }
    }
}
