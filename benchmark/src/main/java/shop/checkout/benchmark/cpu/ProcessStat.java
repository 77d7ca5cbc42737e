package shop.checkout.benchmark.cpu;

/**
 * What {@code /proc/PID/stat} says about a process, or {@code /proc/PID/task/TID/stat} about a thread; proc_pid_stat(5).
 *
 * @param name cut to 15 bytes
 * @param own time of all threads of a process, ended ones included; of a thread its own
 * @param ended time of its children that have ended and were waited for, and of their children
 */
record ProcessStat(Id id, String name, long parent, Cpu own, Cpu ended) {
    private static final int PARENT = 4;
    private static final int USER = 14;
    private static final int SYSTEM = 15;
    private static final int ENDED_USER = 16;
    private static final int ENDED_SYSTEM = 17;
    private static final int STARTED = 22;

    /** Ids are given out again; with the time of its start a process or thread has one of its own. */
    record Id(long pid, long started) {}

    /** @throws IllegalArgumentException when the line is something else */
    static ProcessStat parse(String line) {
        int name = line.indexOf('(');
        int nameEnd = line.lastIndexOf(')'); // names may hold blanks and parentheses
        if (name < 0 || nameEnd < name) {
            throw new IllegalArgumentException("not a line of /proc/PID/stat: " + line);
        }
        long pid = Long.parseLong(line.substring(0, name - 1));
        var fields = line.substring(nameEnd + 2).split(" "); // from the third on
        return new ProcessStat(
                new Id(pid, Long.parseLong(fields[STARTED - 3])),
                line.substring(name + 1, nameEnd),
                Long.parseLong(fields[PARENT - 3]),
                Ticks.cpu(fields[USER - 3], fields[SYSTEM - 3]),
                Ticks.cpu(fields[ENDED_USER - 3], fields[ENDED_SYSTEM - 3]));
    }
}
