package shop.checkout.orchestrator.simulation;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Many runs, seed after seed from 0, on all processors. */
final class Campaign {

    private static final long MORE = 200;

    private final AtomicLong seeds = new AtomicLong();
    private final AtomicLong missing;

    /** @param sagas how many to simulate at least */
    Campaign(long sagas) {
        missing = new AtomicLong(sagas);
    }

    long seeds() {
        return seeds.get();
    }

    /** @throws Violation when one is found; of those that break the same rule soon after, the one with the shortest story */
    Counts run() throws InterruptedException {
        try {
            return runAll();
        } catch (Violation found) {
            throw shortestLike(found);
        }
    }

    private Violation shortestLike(Violation found) {
        long next = seeds.get();
        return LongStream.range(next, next + MORE)
                .boxed()
                .flatMap(seed -> Simulation.violation(SagaUnderTest.of(seed), seed, Optional.empty()).stream())
                .filter(other -> other.rule() == found.rule() && other.length() < found.length())
                .min(Comparator.comparingInt(Violation::length))
                .orElse(found);
    }

    private Counts runAll() throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(processors)) {
            var parts = IntStream.range(0, processors)
                    .mapToObj(_ -> threads.submit(this::runSome))
                    .toList();
            var all = new Counts();
            for (var part : parts) {
                all.add(result(part));
            }
            return all;
        }
    }

    private Counts runSome() {
        var some = new Counts();
        try {
            while (missing.get() > 0) {
                long seed = seeds.getAndIncrement();
                var counts = Simulation.run(SagaUnderTest.of(seed), seed, Optional.empty());
                missing.addAndGet(-counts.sagas());
                some.add(counts);
            }
        } catch (Violation found) {
            missing.set(0); // the others need not go on
            throw found;
        }
        return some;
    }

    private static Counts result(Future<Counts> part) throws InterruptedException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Violation found) {
                throw found;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
