package shop.checkout.orchestrator.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.orchestrator.saga.Deadline;
import shop.checkout.orchestrator.saga.HistoryEntry;
import shop.checkout.orchestrator.saga.Move;
import shop.checkout.orchestrator.saga.News;
import shop.checkout.orchestrator.saga.Rejection;
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
     * @param createdAt when its row was made
     * @param traceParent of the request that started it
     */
    record Stored(
            long revision,
            String data,
            Optional<Rejection> rejection,
            Optional<Deadline> deadline,
            Optional<Instant> wakeAt,
            Instant now,
            Instant createdAt,
            Optional<TraceParent> traceParent) {

        /** There is no row yet. */
        static Stored nothing(Instant now, Optional<TraceParent> traceParent) {
            return new Stored(0, "", Optional.empty(), Optional.empty(), Optional.empty(), now, now, traceParent);
        }
    }

    /** A move, and the message that led to it. */
    record Heard(Move<?> move, Optional<MessageKey> cause) {}

    private final SagaKind<S> kind;
    private final Stored stored;
    private final Saga<S> before;
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();
    private Saga<S> saga;
    private boolean woken;
    private int repliesIgnored;

    SagaRun(SagaKind<S> kind, Saga<S> saga, Stored stored) {
        this.kind = kind;
        this.saga = saga;
        this.stored = stored;
        this.before = saga;
    }

    /**
     * Lets it hear of something that happens now.
     *
     * @param notAnswering the participants that are to be sent nothing
     */
    Verdict hear(Function<Instant, News> news, Optional<MessageKey> cause, Set<String> notAnswering) {
        var happened = news.apply(stored.now);
        var move = kind.machine().on(saga, happened, notAnswering);
        noteAnswers(happened, move);
        saga = move.saga();
        if (move.entry().isPresent()) {
            heard.add(new Heard(move, cause));
        }
        return move.verdict();
    }

    /** Lets it hear that it is time, or that it is not. */
    void wake(Set<String> notAnswering) {
        woken = true;
        hear(News.TimeCame::new, Optional.empty(), notAnswering);
    }

    private void noteAnswers(News news, Move<S> move) {
        switch (news) {
            case News.Replied replied
            when move.verdict() == Verdict.APPLIED ->
                answered.addAll(kind.definition().participants(step -> saga.awaits(step, replied.command())));
            case News.Replied _ when move.verdict() == Verdict.IGNORED -> repliesIgnored++;
            case News.TimeCame(var now) ->
                silent.addAll(kind.definition().participants(step -> saga.waitsInVain(step, now)));
            case News _ -> {}
        }
    }

    /** The participants whose answers it has heard. */
    List<String> answered() {
        return List.copyOf(answered);
    }

    /** The participants whose answers it has waited for in vain. */
    List<String> silent() {
        return List.copyOf(silent);
    }

    /** The participant that holds it up. */
    Optional<String> heldBy() {
        return kind.definition().heldBy(saga);
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

    /** What its history says about what it has heard last. */
    String lastNote() {
        return heard.getLast().move().entry().flatMap(HistoryEntry::note).orElse("");
    }

    /** Of the request that started it. */
    Optional<TraceParent> traceParent() {
        return stored.traceParent;
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
        return StoredSteps.write(saga.steps(), kind.codec());
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

    SagaView<S> view(Instant updatedAt) {
        return new SagaView<>(
                kind.definition(), saga, kind.machine().possible(saga, stored.now), stored.createdAt, updatedAt);
    }

    /** As it is once its row is written. */
    Committed<S> committed() {
        boolean hasJustEnded = saga.status().isFinal() && !before.status().isFinal();
        return new Committed<>(
                kind.definition().name(), saga, hasJustEnded, repliesIgnored, stored.createdAt, stored.now);
    }
}
