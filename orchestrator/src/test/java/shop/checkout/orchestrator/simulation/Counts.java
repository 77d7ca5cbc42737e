package shop.checkout.orchestrator.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each dangerous place was reached. */
final class Counts {

    private final Map<Reached, Long> reached = new EnumMap<>(Reached.class);
    private final Map<String, Long> places = new TreeMap<>();
    private long sagas;
    private long events;

    Counts() {
        for (var work : Work.values()) {
            for (var side : Work.Side.values()) {
                places.put(crash(work, side), 0L);
                places.put(stop(work, side), 0L);
            }
        }
    }

    void reached(Reached place) {
        reached.merge(place, 1L, Long::sum);
    }

    void crashed(Work work, Work.Side side) {
        count(crash(work, side));
    }

    void stopped(Work work, Work.Side side) {
        count(stop(work, side));
    }

    /** The step is one that has to be undone some time. */
    void undoable(String step) {
        places.putIfAbsent(undo(step), 0L);
    }

    void undone(String step) {
        count(undo(step));
    }

    void ran(int sagaCount, long eventCount) {
        sagas += sagaCount;
        events += eventCount;
    }

    long sagas() {
        return sagas;
    }

    long events() {
        return events;
    }

    void add(Counts other) {
        sagas += other.sagas;
        events += other.events;
        other.reached.forEach((place, count) -> reached.merge(place, count, Long::sum));
        other.places.forEach((place, count) -> places.merge(place, count, Long::sum));
    }

    /** For people: the places that were never reached. */
    List<String> neverReached() {
        return all().entrySet().stream()
                .filter(place -> place.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Every place by name. */
    Map<String, Long> all() {
        var all = new TreeMap<>(places);
        for (var place : Reached.values()) {
            all.put(place.name(), reached.getOrDefault(place, 0L));
        }
        return all;
    }

    private void count(String place) {
        places.merge(place, 1L, Long::sum);
    }

    private static String crash(Work work, Work.Side side) {
        return "crash " + side + " " + work;
    }

    private static String stop(Work work, Work.Side side) {
        return "stop " + side + " " + work;
    }

    private static String undo(String step) {
        return "undo of " + step;
    }
}
