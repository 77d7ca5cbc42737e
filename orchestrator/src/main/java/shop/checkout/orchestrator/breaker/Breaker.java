package shop.checkout.orchestrator.breaker;

import java.time.Duration;
import java.time.Instant;

/**
 * The circuit breaker of one participant that does not answer, or did not until a moment ago: an immutable value, moved by
 * time and by answers. One that is closed does not exist.
 *
 * @param participant the first word of its commands' wire names
 * @param until when time moves it on; while draining it does not
 * @param openings how often it has opened since it was last closed
 * @param released how many sagas have been let through in this state
 */
record Breaker(String participant, State state, Instant since, Instant until, int openings, long released) {

    enum State {
        /** Nobody is let through. */
        OPEN,
        /** One saga is let through, to find out. */
        PROBING,
        /** It has answered: those held back are let through, the oldest first, twice as many each second. */
        DRAINING
    }

    private static final int MAX_DOUBLINGS = 20;

    static Breaker opened(String participant, int openings, Instant now, BreakerSettings settings) {
        long pause = settings.pause().toMillis() << Math.min(openings - 1, MAX_DOUBLINGS);
        var until = now.plusMillis(Math.min(pause, settings.longestPause().toMillis()));
        return new Breaker(participant, State.OPEN, now, until, openings, 0);
    }

    /** Time has passed. */
    Breaker at(Instant now, BreakerSettings settings) {
        if (now.isBefore(until)) {
            return this;
        }
        return switch (state) {
            case OPEN -> new Breaker(participant, State.PROBING, now, now.plus(settings.probe()), openings, 0);
            case PROBING -> opened(participant, openings + 1, now, settings);
            case DRAINING -> this;
        };
    }

    /** It has answered. What it answers while nobody is let through was under way before, and says nothing. */
    Breaker answered(Instant now) {
        return state == State.PROBING ? new Breaker(participant, State.DRAINING, now, now, openings, 0) : this;
    }

    /** It is silent again. */
    Breaker silent(Instant now, BreakerSettings settings) {
        return state == State.DRAINING ? opened(participant, openings + 1, now, settings) : this;
    }

    /** How many more sagas may be let through by now. */
    long allowance(Instant now, BreakerSettings settings) {
        return switch (state) {
            case OPEN -> 0;
            case PROBING -> 1 - released;
            case DRAINING -> ramp(Duration.between(since, now), settings.drain()) - released;
        };
    }

    Breaker released(int more) {
        return new Breaker(participant, state, since, until, openings, released + more);
    }

    /** How many in all after a time, at a rate that begins with {@code first} a second and doubles every second. */
    private static long ramp(Duration elapsed, int first) {
        double seconds = Math.min(elapsed.toMillis() / 1000.0, MAX_DOUBLINGS);
        return 1 + (long) (first * (Math.pow(2, seconds) - 1) / Math.log(2));
    }
}
