package shop.checkout.orchestrator.simulation;

import java.util.PriorityQueue;

/** Virtual time in milliseconds: what happens next, in an order that nothing but the seed decides. */
final class Scheduler {

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private long now;
    private long scheduled;
    private long handled;

    long now() {
        return now;
    }

    /** How many events have happened. */
    long handled() {
        return handled;
    }

    void at(long time, Runnable action) {
        events.add(new Event(Math.max(now, time), scheduled++, action));
    }

    void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    /** Lets everything happen that happens until then, up to a number of events. */
    void runUntil(long end, long mostEvents) {
        for (var next = events.peek(); next != null && next.at <= end && handled < mostEvents; next = events.peek()) {
            events.remove();
            now = next.at;
            handled++;
            next.action.run();
        }
    }

    boolean isIdle() {
        return events.isEmpty();
    }
}
