package shop.checkout.benchmark.cpu;

import java.util.Map;
import java.util.TreeMap;

/**
 * The accounts of processes and of the machine at one moment.
 *
 * @param processes those that run
 * @param ended of processes that were waited for by one of ours, by the label that they go under
 */
public record Reading(Map<ProcessStat.Id, Account> processes, Map<String, Cpu> ended, Cpu machine) {
    /** What one process has spent so far. */
    record Account(String label, Cpu spent) {}

    public Reading {
        processes = Map.copyOf(processes);
        ended = Map.copyOf(ended);
    }

    /** What was spent since an earlier reading, by label. Processes that started or ended meanwhile are counted in full. */
    public Map<String, Cpu> since(Reading earlier) {
        var spent = new TreeMap<String, Cpu>();
        processes.forEach(
                (id, account) -> spent.merge(account.label(), account.spent().minus(earlier.spent(id)), Cpu::plus));
        ended.forEach((label, sum) -> {
            var before = earlier.ended.getOrDefault(label, Cpu.ZERO).plus(earlier.spentByThoseNotIn(this, label));
            spent.merge(label, sum.minus(before), Cpu::plus);
        });
        return spent;
    }

    /** What all processors did since an earlier reading. */
    public Cpu machineSince(Reading earlier) {
        return machine.minus(earlier.machine);
    }

    private Cpu spent(ProcessStat.Id id) {
        var account = processes.get(id);
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
