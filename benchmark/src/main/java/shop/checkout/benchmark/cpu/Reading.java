package shop.checkout.benchmark.cpu;

import java.util.Map;
import java.util.TreeMap;

/**
 * The accounts of processes and of the machine at one moment.
 *
 * @param processes those that run
 * @param ended of processes that were waited for by one of ours, by the label that they go under
 * @param threads those that run; none if they are not asked for
 */
public record Reading(
        Map<ProcessStat.Id, Account> processes,
        Map<String, Cpu> ended,
        Map<ProcessStat.Id, ThreadAccount> threads,
        Cpu machine) {
    /** What one process has spent so far. */
    record Account(String label, Cpu spent) {}

    /** What one thread of a process under this label has spent so far. */
    record ThreadAccount(String label, String family, Cpu spent) {}

    public Reading {
        processes = Map.copyOf(processes);
        ended = Map.copyOf(ended);
        threads = Map.copyOf(threads);
    }

    /** What was spent since an earlier reading. Processes and threads that started or ended meanwhile are counted in full. */
    public Spent since(Reading earlier) {
        var spent = processesSince(earlier);
        return new Spent(spent, threadsSince(earlier, spent), machine.minus(earlier.machine));
    }

    private Map<String, Cpu> processesSince(Reading earlier) {
        var spent = new TreeMap<String, Cpu>();
        processes.forEach(
                (id, account) -> spent.merge(account.label(), account.spent().minus(earlier.spent(id)), Cpu::plus));
        ended.forEach((label, sum) -> {
            var before = earlier.ended.getOrDefault(label, Cpu.ZERO).plus(earlier.spentByThoseNotIn(this, label));
            spent.merge(label, sum.minus(before), Cpu::plus);
        });
        return spent;
    }

    /** A process goes on counting what its ended threads have spent. */
    private Map<String, Map<String, Cpu>> threadsSince(Reading earlier, Map<String, Cpu> processes) {
        var spent = new TreeMap<String, Map<String, Cpu>>();
        threads.forEach((id, thread) -> spent.computeIfAbsent(thread.label(), _ -> new TreeMap<>())
                .merge(thread.family(), thread.spent().minus(earlier.spentByThread(id)), Cpu::plus));
        spent.forEach((label, families) -> {
            var seen = families.values().stream().reduce(Cpu.ZERO, Cpu::plus);
            families.put(
                    Spent.ENDED_THREADS, processes.getOrDefault(label, Cpu.ZERO).minus(seen));
        });
        return spent;
    }

    private Cpu spent(ProcessStat.Id id) {
        var account = processes.get(id);
        return account == null ? Cpu.ZERO : account.spent();
    }

    private Cpu spentByThread(ProcessStat.Id id) {
        var account = threads.get(id);
        return account == null ? Cpu.ZERO : account.spent();
    }

    /** When a process has ended, all that it ever spent is among the ended; what it had spent here already is not to count again. */
    private Cpu spentByThoseNotIn(Reading later, String endedLabel) {
        return processes.entrySet().stream()
                .filter(process -> !later.processes.containsKey(process.getKey()))
                .filter(process ->
                        CpuMeter.endedLabel(process.getValue().label()).equals(endedLabel))
                .map(process -> process.getValue().spent())
                .reduce(Cpu.ZERO, Cpu::plus);
    }
}
