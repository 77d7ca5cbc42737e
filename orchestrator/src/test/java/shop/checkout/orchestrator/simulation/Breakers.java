package shop.checkout.orchestrator.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which participants are sent nothing because they do not answer. After some silence in a row one saga is let through now
 * and then, to find out; when there is an answer all others follow.
 * In half of the runs there are no breakers, so that sagas get to the end of their patience.
 */
final class Breakers {

    /** Lets sagas that were held back go on. */
    interface Release {
        /** Returns whether there was one. */
        boolean one(String participant);

        void all(String participant);
    }

    private static final int USUAL_PATIENCE = 6;
    private static final long PAUSE = 5_000;

    private final World world;
    private final Release release;
    private final int patience;
    private final Map<String, Integer> inVain = new HashMap<>();
    private final Set<String> silent = new HashSet<>();

    Breakers(World world, Release release) {
        this.world = world;
        this.release = release;
        this.patience = world.chance().hits(0.5) ? USUAL_PATIENCE : Integer.MAX_VALUE;
    }

    Set<String> silent() {
        return silent.isEmpty() ? Set.of() : Set.copyOf(silent);
    }

    void answered(String participant) {
        inVain.remove(participant);
        if (silent.remove(participant)) {
            world.reached(Reached.PARTICIPANT_ANSWERS_AGAIN);
            release.all(participant);
        }
    }

    void waitedInVain(String participant) {
        if (inVain.merge(participant, 1, Integer::sum) >= patience && silent.add(participant)) {
            world.reached(Reached.PARTICIPANT_FOUND_SILENT);
            world.time().after(PAUSE, () -> probe(participant));
        }
    }

    private void probe(String participant) {
        if (silent.contains(participant)) {
            if (release.one(participant)) {
                world.time().after(PAUSE, () -> probe(participant));
            } else {
                silent.remove(participant);
                inVain.remove(participant);
            }
        }
    }
}
