package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import shop.checkout.message.Command;
import shop.checkout.message.Compensation;

class SagaLinterTest {

    record Unnamed() implements Command<Unnamed.Done> {
        record Done() {}
    }

    record UnnamedUndo() implements Compensation {}

    @Test
    void wantsASagaToHaveSteps() {
        assertFault("saga trip v1: it has no steps: add one", List.of());
    }

    @Test
    void wantsASagaNameFitForTopics() {
        assertThatThrownBy(() ->
                        new SagaDefinition<>("My Trip", 0, Trip.class, List.of(Trip.hotel()), Announcement.none()))
                .hasMessageContaining("saga My Trip v0: its name must be lower-case words")
                .hasMessageContaining("its version must be 1 or more");
    }

    @Test
    void wantsDataToBeARecord() {
        var step = Step.step("a", String.class)
                .send(Trip.BookHotel.class, Trip.BookHotel::new)
                .onReply((name, reply) -> Decision.proceed(name))
                .pivot();

        assertThatThrownBy(() -> new SagaDefinition<>("trip", 1, String.class, List.of(step), Announcement.none()))
                .hasMessageContaining("its data type java.lang.String must be a record");
    }

    @Test
    void wantsStepNamesToBeUnique() {
        assertFault(
                "saga trip v1, step book-hotel: there is another step of this name",
                List.of(Trip.hotel(), Trip.hotel()));
    }

    @Test
    void wantsStepNamesFitForMessageKeys() {
        var step = Step.step("Book/Hotel", Trip.class)
                .send(Trip.BookHotel.class, trip -> new Trip.BookHotel(trip.traveller()))
                .onReply((trip, reply) -> Decision.proceed(trip))
                .undo(Trip.CancelHotel.class, trip -> new Trip.CancelHotel(trip.traveller()));

        assertFault("saga trip v1, step Book/Hotel: its name must be lower-case words joined by '-'", List.of(step));
    }

    @Test
    void allowsOnePivotOnly() {
        assertFault(
                "saga trip v1, step capture: there is another pivot, capture: keep one",
                List.of(Trip.capture(), Trip.capture()));
    }

    @Test
    void wantsThePivotAloneInItsStage() {
        assertFault(
                "saga trip v1, step capture: a pivot shares no stage",
                List.of(Stage.together(Trip.hotel(), Trip.capture())));
    }

    @Test
    void allowsNothingThatCanBeUndoneAfterThePivot() {
        assertFault(
                "saga trip v1, step book-hotel: it can be undone but comes after the pivot capture: move it",
                List.of(Trip.capture(), Trip.hotel()));
    }

    @Test
    void allowsRetriableStepsOnlyAfterThePivot() {
        assertFault(
                "saga trip v1, step send-mail: it is retriable but no pivot comes before it",
                List.of(Trip.mail(), Trip.capture()));
    }

    @Test
    void wantsADeadline() {
        assertFault(
                "saga trip v1, step book-hotel: retry has no deadline",
                List.of(Trip.hotel().deadline(Duration.ZERO)));
    }

    @Test
    void wantsABudgetThatIsNotShorterThanTheDeadline() {
        assertFault(
                "saga trip v1, step book-hotel: undoRetry has a budget shorter than its deadline",
                List.of(Trip.hotel().undoRetry(RetryPolicy.UNDO.withBudget(Duration.ofSeconds(1)))));
    }

    @Test
    void wantsASagaDeadlineThatLetsItsStepsBeRetried() {
        var trip = new SagaDefinition<>("trip", 1, Trip.class, List.of(Trip.hotel()), Announcement.none());

        assertThatThrownBy(() -> trip.within(Duration.ofMinutes(1)))
                .hasMessageContaining(
                        "saga trip v1, step book-hotel: its budget of 120 s is longer than the saga's deadline of 60 s:"
                                + " make the deadline longer");
    }

    @Test
    void wantsWireNamesOfAllMessages() {
        var step = Step.step("a", Trip.class)
                .send(Unnamed.class, trip -> new Unnamed())
                .onReply((trip, reply) -> Decision.proceed(trip))
                .undo(UnnamedUndo.class, trip -> new UnnamedUndo());

        assertFault("saga trip v1, step a: Unnamed needs a @WireName", List.of(step));
        assertFault("saga trip v1, step a: Done needs a @WireName", List.of(step));
        assertFault("saga trip v1, step a: UnnamedUndo needs a @WireName", List.of(step));
    }

    private static void assertFault(String text, List<Stage<Trip>> stages) {
        assertThatThrownBy(() -> new SagaDefinition<>("trip", 1, Trip.class, stages, Announcement.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
