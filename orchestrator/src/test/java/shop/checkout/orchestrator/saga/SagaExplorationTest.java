package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.checkout.message.Superseded;
import shop.checkout.orchestrator.saga.Trip.BookFlight;
import shop.checkout.orchestrator.saga.Trip.BookHotel;
import shop.checkout.orchestrator.saga.Trip.Capture;
import shop.checkout.orchestrator.saga.Trip.SendMail;

/** Whatever happens in whatever order: all done or all undone, and always something that moves an open saga. */
class SagaExplorationTest {

    /** Gives up after two tries, so that the states can be counted. */
    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(2));

    private static final Map<String, Object> SUCCESSES = Map.of(
            "book-hotel", new BookHotel.Booked("101"),
            "book-flight", new BookFlight.Booked("1A"),
            "capture", new Capture.Captured("r-1"),
            "send-mail", new SendMail.Sent());
    private static final Map<String, Object> REFUSALS = Map.of(
            "book-hotel", new BookHotel.Full(),
            "book-flight", new BookFlight.Full(),
            "capture", new Capture.Declined());

    private static final SagaDefinition<Trip> IN_A_ROW = definition(quick(Trip.hotel()), quick(Trip.flight()));
    private static final SagaDefinition<Trip> SIDE_BY_SIDE =
            definition(Stage.together(quick(Trip.hotel()), quick(Trip.flight())));
    private static final SagaDefinition<Trip> WITH_PIVOT =
            definition(quick(Trip.hotel()), quick(Trip.capture()), quick(Trip.mail()));

    @Test
    void holdsForStepsInARow() {
        assertThat(explore(IN_A_ROW, new SagaMachine<>(IN_A_ROW))).containsKeys(SagaStatus.values());
    }

    @Test
    void holdsForStepsSideBySide() {
        assertThat(explore(SIDE_BY_SIDE, new SagaMachine<>(SIDE_BY_SIDE))).containsKeys(SagaStatus.values());
    }

    @Test
    void holdsWithAPivotAndARetriableStep() {
        assertThat(explore(WITH_PIVOT, new SagaMachine<>(WITH_PIVOT))).containsKeys(SagaStatus.values());
    }

    @Test
    void findsAMachineThatDoesNotUndoTheUnansweredStep() {
        var machine = new SagaMachine<>(IN_A_ROW);

        assertThatThrownBy(() -> new SagaExploration<>(
                                IN_A_ROW,
                                (saga, news) -> forgetUnanswered(saga, machine.on(saga, news)),
                                SUCCESSES,
                                REFUSALS)
                        .run(Trip.ADA))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rejected with something left undone")
                .hasMessageContaining("book-hotel reaches its participant");
    }

    @Test
    void findsAMachineThatTakesAnyReplyForTheAwaitedOne() {
        var machine = new SagaMachine<>(IN_A_ROW);

        assertThatThrownBy(() -> new SagaExploration<>(
                                IN_A_ROW,
                                (saga, news) -> machine.on(saga, takeForAwaited(saga, news)),
                                SUCCESSES,
                                REFUSALS)
                        .run(Trip.ADA))
                .isInstanceOf(AssertionError.class);
    }

    /** What a naive machine does: an unanswered step counts as one that did nothing. */
    private static Move<Trip> forgetUnanswered(Saga<Trip> before, Move<Trip> move) {
        var after = move.saga();
        var steps = after.steps().stream()
                .map(step -> step.phase() == Phase.UNDOING
                                && before.step(step.name()).phase() == Phase.RUNNING
                        ? step.settled(Phase.SUPERSEDED)
                        : step)
                .toList();
        var forgetful =
                new Saga<>(after.id(), after.data(), steps, after.rejection(), after.deadline(), after.revision());
        return after.steps().equals(steps)
                ? move
                : new Move<>(forgetful, move.verdict(), List.of(), Optional.empty(), move.entry());
    }

    /** What a naive machine does: the next reply must be the one it waits for. */
    private static News takeForAwaited(Saga<Trip> saga, News news) {
        return news instanceof News.Replied(var now, var command, var reply) && !(reply instanceof Superseded)
                ? new News.Replied(
                        now,
                        saga.steps().stream()
                                .flatMap(step -> step.awaitedKey(saga.id()).stream())
                                .findFirst()
                                .orElse(command),
                        reply)
                : news;
    }

    private static Map<SagaStatus, Integer> explore(SagaDefinition<Trip> definition, SagaMachine<Trip> machine) {
        return new SagaExploration<>(definition, machine::on, SUCCESSES, REFUSALS).run(Trip.ADA);
    }

    private static <R> Step<Trip, R> quick(Step<Trip, R> step) {
        return step.retry(QUICK).undoRetry(QUICK);
    }

    @SafeVarargs
    private static SagaDefinition<Trip> definition(Stage<Trip>... stages) {
        return new SagaDefinition<>("trip", 1, Trip.class, List.of(stages), Announcement.none());
    }
}
