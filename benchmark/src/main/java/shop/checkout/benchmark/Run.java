package shop.checkout.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import shop.checkout.benchmark.cpu.Cpu;
import shop.checkout.benchmark.cpu.Spent;
import shop.checkout.benchmark.load.Latency;
import shop.checkout.benchmark.load.Tally;

/**
 * What was measured during one span of time under one load. Times are in milliseconds.
 *
 * @param name of the load
 * @param seconds that were measured
 * @param sagas that ended meanwhile
 * @param latency from when checkouts were due to when their saga had ended
 * @param cpu what a saga cost, by process
 * @param threads the same, by process and family of its threads; empty if it was not asked for
 * @param machine what the whole machine did meanwhile, by saga; more than the sum of the processes by the kernel's own work and other programs'
 */
record Run(
        String name,
        double seconds,
        long sagas,
        Percentiles latency,
        Map<String, Share> cpu,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, Share>> threads,
        Share machine) {
    /** Of latencies. */
    record Percentiles(long requests, double p50, double p95, double p99, double max) {
        static Percentiles of(Latency latency) {
            return new Percentiles(
                    latency.requests(),
                    millis(latency.p50()),
                    millis(latency.p95()),
                    millis(latency.p99()),
                    millis(latency.max()));
        }
    }

    /** Of processor time, for one saga. */
    record Share(double user, double system) {
        static Share of(Cpu cpu, long sagas) {
            long divisor = Math.max(1, sagas);
            return new Share(millis(cpu.user()) / divisor, millis(cpu.system()) / divisor);
        }

        double total() {
            return user + system;
        }

        Share plus(Share other) {
            return new Share(user + other.user, system + other.system);
        }
    }

    Run {
        cpu = Map.copyOf(cpu);
        threads = Map.copyOf(threads);
    }

    static Run of(String name, Duration time, Tally tally, Spent spent) {
        var threads = new TreeMap<String, Map<String, Share>>();
        spent.threads().forEach((process, families) -> threads.put(process, shares(families, tally.count())));
        return new Run(
                name,
                millis(time) / 1000,
                tally.count(),
                Percentiles.of(tally.latency()),
                shares(spent.processes(), tally.count()),
                threads,
                Share.of(spent.machine(), tally.count()));
    }

    private static Map<String, Share> shares(Map<String, Cpu> spent, long sagas) {
        var shares = new TreeMap<String, Share>();
        spent.forEach((name, cpu) -> shares.put(name, Share.of(cpu, sagas)));
        return Map.copyOf(shares);
    }

    /** Its name without the size of the system. */
    String load() {
        return name.replaceFirst(",.*", "");
    }

    double perSecond() {
        return sagas / seconds;
    }

    Share share(String process) {
        return cpu.getOrDefault(process, new Share(0, 0));
    }

    /** Of those of the processes, the driver among them, that are asked for. */
    Share sum(Predicate<String> process) {
        return cpu.entrySet().stream()
                .filter(share -> process.test(share.getKey()))
                .map(Map.Entry::getValue)
                .reduce(new Share(0, 0), Share::plus);
    }

    /** How many processors were busy on average, whatever with. */
    double busyProcessors() {
        return machine.total() * sagas / 1000 / seconds;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
