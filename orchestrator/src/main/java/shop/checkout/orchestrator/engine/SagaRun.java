package shop.checkout.orchestrator.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.Move;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.orchestrator.saga.Verdict;

/**
 * A saga in the hands of one transaction, which holds the lock on its row: it hears news after news in memory and is written
 * once.
 */
final class SagaRun<S> {

    /**
     * What its row said when it was locked.
     *
     * @param now the time on the database's clock
     */
    record Stored(long revision, String data, Optional<String> rejection, Optional<Instant> wakeAt, Instant now) {

        /** There is no row yet. */
        static Stored nothing(Instant now) {
            return new Stored(0, "", Optional.empty(), Optional.empty(), now);
        }
    }

    /** A move, and the message that led to it. */
    record Heard(Move<?> move, Optional<MessageKey> cause) {}

    private final SagaKind<S> kind;
    private final Stored stored;
    private final Saga<S> before;
    private final List<Heard> heard = new ArrayList<>();
    private Saga<S> saga;
    private boolean woken;

    SagaRun(SagaKind<S> kind, Saga<S> saga, Stored stored) {
        this.kind = kind;
        this.saga = saga;
        this.stored = stored;
        this.before = saga;
    }

    /** Lets it hear of something that happens now. */
    Verdict hear(Function<Instant, News> news, Optional<MessageKey> cause) {
        var move = kind.machine().on(saga, news.apply(stored.now));
        saga = move.saga();
        if (move.entry().isPresent()) {
            heard.add(new Heard(move, cause));
        }
        return move.verdict();
    }

    /** Lets it hear that it is time, or that it is not. */
    void wake() {
        woken = true;
        hear(News.TimeCame::new, Optional.empty());
    }

    SagaId id() {
        return saga.id();
    }

    SagaKind<S> kind() {
        return kind;
    }

    Saga<S> saga() {
        return saga;
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    long storedRevision() {
        return stored.revision;
    }

    /** Whether it has got into this state by what it has just heard. */
    boolean hasBecome(SagaStatus status) {
        return saga.status() == status && before.status() != status;
    }

    boolean isToBeStored() {
        return woken || !heard.isEmpty();
    }

    String dataToStore() {
        boolean unchanged = stored.revision > 0 && saga.data().equals(before.data());
        return unchanged ? stored.data : kind.codec().write(saga.data());
    }

    String stepsToStore() {
        return kind.codec().write(saga.steps());
    }

    /**
     * When to look at it at the latest. A time that is stored already is left as it is if it is early enough: then the row's
     * update touches no index, and the worst is one needless look. Only that look sets it exactly.
     */
    Optional<Instant> wakeAtToStore() {
        return saga.wakeAt()
                .map(exact -> stored.wakeAt
                        .filter(early -> !woken && early.isBefore(exact))
                        .orElse(exact));
    }

    SagaView<S> view(Instant createdAt, Instant updatedAt) {
        return new SagaView<>(kind.definition(), saga, createdAt, updatedAt);
    }
}
