package shop.checkout.benchmark.cpu;

/**
 * What {@code /proc/PID/stat} says about a process; proc_pid_stat(5).
 *
 * @param own time of all its threads, ended ones included
 * @param ended time of its children that have ended and were waited for, and of their children
 */
record ProcessStat(Id id, long parent, Cpu own, Cpu ended) {
    private static final int PARENT = 4;
    private static final int USER = 14;
    private static final int SYSTEM = 15;
    private static final int ENDED_USER = 16;
    private static final int ENDED_SYSTEM = 17;
    private static final int STARTED = 22;

    /** Process ids are given out again; with the time of its start a process has a name of its own. */
    record Id(long pid, long started) {}

    /** @throws IllegalArgumentException when the line is something else */
    static ProcessStat parse(String line) {
        int name = line.lastIndexOf(')'); // names may hold blanks and parentheses
        if (name < 0) {
            throw new IllegalArgumentException("not a line of /proc/PID/stat: " + line);
        }
        long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
        var fields = line.substring(name + 2).split(" "); // from the third on
        return new ProcessStat(
                new Id(pid, Long.parseLong(fields[STARTED - 3])),
                Long.parseLong(fields[PARENT - 3]),
                Ticks.cpu(fields[USER - 3], fields[SYSTEM - 3]),
                Ticks.cpu(fields[ENDED_USER - 3], fields[ENDED_SYSTEM - 3]));
    }
}
