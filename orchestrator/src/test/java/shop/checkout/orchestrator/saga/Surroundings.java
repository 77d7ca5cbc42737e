package shop.checkout.orchestrator.saga;

import java.util.Optional;
import java.util.Set;

/**
 * What goes on around a saga and its participants.
 *
 * @param disturbances how often people have stepped in or a participant was found to be silent
 * @param silent the participant that is known not to answer
 * @param wasSilent the one that is, or was
 * @param cancelled whether the customer was told that it is undone, and nobody has sent it forward since
 */
record Surroundings(int disturbances, Optional<String> silent, Optional<String> wasSilent, boolean cancelled) {

    static final Surroundings QUIET = new Surroundings(0, Optional.empty(), Optional.empty(), false);

    Surroundings someoneStepsIn() {
        return new Surroundings(disturbances + 1, silent, wasSilent, cancelled);
    }

    Surroundings fallsSilent(String participant) {
        return new Surroundings(disturbances + 1, Optional.of(participant), Optional.of(participant), cancelled);
    }

    Surroundings answers() {
        return new Surroundings(disturbances, Optional.empty(), wasSilent, cancelled);
    }

    Surroundings cancelled(boolean is) {
        return new Surroundings(disturbances, silent, wasSilent, is);
    }

    Set<String> silence() {
        return silent.map(Set::of).orElse(Set.of());
    }
}
