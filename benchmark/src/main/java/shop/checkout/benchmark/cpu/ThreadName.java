package shop.checkout.benchmark.cpu;

import java.util.regex.Pattern;

/** The kind of a thread, by what the kernel knows of its name. */
final class ThreadName {
    /** Threads of one kind differ in their numbers, and so do runs. A digit within a word is a part of it: C1, G1. */
    private static final Pattern NUMBER_OR_END = Pattern.compile("[-#.:_ ]+(\\d+|$)");

    private ThreadName() {}

    /** The name without numbers, and without what parted them from it. */
    static String family(String name) {
        var family = NUMBER_OR_END.matcher(name).replaceAll("");
        return family.isEmpty() ? name : family;
    }
}
