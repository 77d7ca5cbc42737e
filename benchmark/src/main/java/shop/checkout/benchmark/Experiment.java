package shop.checkout.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import shop.checkout.benchmark.cpu.CpuMeter;
import shop.checkout.benchmark.load.Load;
import shop.checkout.benchmark.load.Pace;
import shop.checkout.benchmark.load.Tally;
import shop.checkout.benchmark.shop.Checkouts;
import shop.checkout.benchmark.shop.RunningShop;

/** Loads on one running system, one after the other, each measured while it is level. Used by one thread. */
final class Experiment {
    /** What a load gets to become level before it is measured. */
    private static final Duration LEAD = Duration.ofSeconds(3);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Pace WAKING = new Pace.InFlight(4);
    private static final long FIRST = 60;
    private static final Pace WARMING = new Pace.InFlight(256);

    private final RunningShop shop;
    private final CpuMeter meter;
    private final Map<String, Long> complaints = new TreeMap<>();
    private long sent;

    /** @param byThread whether processor time is told by thread as well */
    Experiment(RunningShop shop, boolean byThread) {
        this.shop = shop;
        this.meter = shop.cpuMeter(byThread);
    }

    /** Has the first checkouts go through, few at a time: classes are loaded, connections made. */
    void wake() throws InterruptedException {
        try (var load = start(WAKING)) {
            while (load.ended() < FIRST) {
                Thread.sleep(LOOK);
            }
            finish(load);
        }
    }

    /** Has the system work until it is warm. */
    Warmth warmUp(WarmUp warmUp) throws InterruptedException {
        try (var load = start(WARMING)) {
            var perStep = new ArrayList<Long>();
            for (long before = 0; !warmUp.isOver(perStep); ) {
                Thread.sleep(WarmUp.STEP);
                long now = load.ended();
                perStep.add(now - before);
                before = now;
            }
            finish(load);
            double perSecond = perStep.isEmpty() ? 0 : (double) perStep.getLast() / WarmUp.STEP.toSeconds();
            return new Warmth(perSecond, WarmUp.isWarm(perStep));
        }
    }

    /**
     * How warm the system has become.
     *
     * @param perSecond how many checkouts ended at the last look
     * @param isLevel false if there was no time for more
     */
    record Warmth(double perSecond, boolean isLevel) {}

    /** Measures one load for so long; returns when all that it has asked for has ended. */
    Run measure(String name, Pace pace, Duration time) throws InterruptedException {
        try (var load = start(pace)) {
            Thread.sleep(LEAD);
            var tally = new Tally();
            load.countInto(tally);
            long begun = System.nanoTime();
            var before = meter.read();
            Thread.sleep(time);
            var after = meter.read();
            long over = System.nanoTime();
            load.countInto(new Tally());
            finish(load);
            return Run.of(name, Duration.ofNanos(over - begun), tally, after.since(before));
        }
    }

    /** How many checkouts were asked for. */
    long sent() {
        return sent;
    }

    Map<String, Long> complaints() {
        return Map.copyOf(complaints);
    }

    private Load start(Pace pace) {
        return Load.start(shop.orchestrator(), new Checkouts(), sent, pace);
    }

    private void finish(Load load) {
        sent += load.finish();
        load.complaints().forEach((kind, count) -> complaints.merge(kind, count, Long::sum));
    }
}
