package shop.checkout.orchestrator.saga;

import java.util.Optional;
import shop.checkout.message.Event;

/** Which event, if any, tells the world that a saga has reached a milestone. A pure function. */
@FunctionalInterface
public interface Announcement<S> {

    Optional<Event> of(S data, Milestone milestone);

    /** Says nothing to anybody. */
    static <S> Announcement<S> none() {
        return (data, milestone) -> Optional.empty();
    }
}
