package shop.checkout.orchestrator.saga;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/** From which situations an end can be reached. */
final class Reachability {

    private static final int NONE = -1;

    private final BitSet ends = new BitSet();
    private int[] lastInto = new int[1024];
    private int[] from = new int[1024];
    private int[] previous = new int[1024];
    private int edges;

    Reachability() {
        Arrays.fill(lastInto, NONE);
    }

    void isEnd(int situation) {
        ends.set(situation);
    }

    void leadsTo(int situation, int next) {
        if (next >= lastInto.length) {
            int size = lastInto.length;
            lastInto = Arrays.copyOf(lastInto, 2 * next);
            Arrays.fill(lastInto, size, lastInto.length, NONE);
        }
        if (edges == from.length) {
            from = Arrays.copyOf(from, 2 * edges);
            previous = Arrays.copyOf(previous, 2 * edges);
        }
        from[edges] = situation;
        previous[edges] = lastInto[next];
        lastInto[next] = edges++;
    }

    /** The first of so many situations from which no end can be reached. */
    OptionalInt firstWithoutEnd(int situations) {
        var good = (BitSet) ends.clone();
        var open = ends.stream().boxed().collect(toCollection(ArrayDeque::new));
        while (!open.isEmpty()) {
            int situation = open.removeFirst();
            for (int edge = situation < lastInto.length ? lastInto[situation] : NONE;
                    edge != NONE;
                    edge = previous[edge]) {
                if (!good.get(from[edge])) {
                    good.set(from[edge]);
                    open.add(from[edge]);
                }
            }
        }
        int first = good.nextClearBit(0);
        return first < situations ? OptionalInt.of(first) : OptionalInt.empty();
    }
}
