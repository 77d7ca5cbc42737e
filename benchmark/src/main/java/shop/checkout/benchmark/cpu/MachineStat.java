package shop.checkout.benchmark.cpu;

/**
 * What the first line of {@code /proc/stat} says about all processors together; proc_stat(5). Time that a hypervisor gave to other machines
 * is nobody's.
 */
record MachineStat(Cpu busy) {
    private static final int USER = 1;
    private static final int NICE = 2;
    private static final int SYSTEM = 3;
    private static final int INTERRUPTS = 6;
    private static final int SOFT_INTERRUPTS = 7;

    /** @throws IllegalArgumentException when the line is something else */
    static MachineStat parse(String line) {
        var fields = line.split(" +");
        if (!fields[0].equals("cpu") || fields.length <= SOFT_INTERRUPTS) {
            throw new IllegalArgumentException("not the first line of /proc/stat: " + line);
        }
        return new MachineStat(Ticks.cpu(fields[USER], fields[SYSTEM])
                .plus(Ticks.cpu(fields[NICE], fields[INTERRUPTS]))
                .plus(Ticks.cpu("0", fields[SOFT_INTERRUPTS])));
    }
}
