package shop.checkout.orchestrator.saga;

import java.time.Instant;
import shop.checkout.message.MessageKey;

/** Something that has happened to a saga, and when. */
public sealed interface News {

    Instant now();

    /** It has come into being. */
    record Started(Instant now) implements News {}

    /**
     * A participant has answered.
     *
     * @param command the key of the command that is answered
     */
    record Replied(Instant now, MessageKey command, Object reply) implements News {}

    /** It is {@link Saga#wakeAt()}, or later, or somebody thinks so. */
    record TimeCame(Instant now) implements News {}

    /** Somebody who may wants it undone, and says why. */
    record CancelRequested(Instant now, String reason) implements News {}

    /** A participant that did not answer may be asked again, by this saga. */
    record Released(Instant now, String participant) implements News {}

    /**
     * A person has stepped in.
     *
     * @param note who, and why
     */
    record Operated(Instant now, Operation operation, String note) implements News {}
}
