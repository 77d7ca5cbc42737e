package shop.checkout.orchestrator.simulation;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What happened, for people. Kept only when a run is repeated to be looked at: the same seed does the same again. */
final class Trace {

    private static final int NO_SAGA = -1;
    private static final long AROUND = 1_000;

    private record Line(long at, int saga, String text) {}

    private final boolean on;
    private final List<Line> lines = new ArrayList<>();

    Trace(boolean on) {
        this.on = on;
    }

    /** Ask before making up a line. */
    boolean isOn() {
        return on;
    }

    void note(long at, int saga, String text) {
        lines.add(new Line(at, saga, text));
    }

    /** Something that concerns more than one saga. */
    void note(long at, String text) {
        note(at, NO_SAGA, text);
    }

    private static boolean isNear(long at, NavigableSet<Long> moments) {
        return !moments.subSet(at - AROUND, at + AROUND).isEmpty();
    }

    /** The story of one saga, with what happened around it. */
    String of(int saga) {
        var own = lines.stream().filter(line -> line.saga == saga).toList();
        if (own.isEmpty()) {
            return "";
        }
        int first = lines.indexOf(own.getFirst());
        int last = lines.lastIndexOf(own.getLast());
        var moments = own.stream().map(Line::at).collect(toCollection(TreeSet::new));
        return lines.subList(first, last + 1).stream()
                .filter(line -> line.saga == saga || (line.saga == NO_SAGA && isNear(line.at, moments)))
                .map(line -> "%n  %10.3f s  %s".formatted(line.at / 1_000.0, line.text))
                .collect(Collectors.joining());
    }
}
