package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.Trip.BookFlight;
import shop.checkout.orchestrator.saga.Trip.BookHotel;
import shop.checkout.orchestrator.saga.Trip.CancelFlight;
import shop.checkout.orchestrator.saga.Trip.CancelHotel;
import shop.checkout.orchestrator.saga.Trip.Capture;
import shop.checkout.orchestrator.saga.Trip.SendMail;

/** A participant that is known not to answer is not asked, and no attempt and no budget is spent on it. */
class HeldStepsTest {

    private static final BookHotel HOTEL = new BookHotel("Ada");
    private static final BookFlight FLIGHT = new BookFlight("Ada");
    private static final Capture CAPTURE = new Capture("Ada");
    private static final SendMail MAIL = new SendMail("Ada");

    @Test
    void waitWithoutBeingAskedForHoweverLongItTakes() {
        var trip = atCaptureWhileTheCardIsSilent();

        trip.afterAWhile(Duration.ofHours(5)).waits(SagaStatus.RUNNING);

        assertThat(trip.saga().step("capture").phase()).isEqualTo(Phase.HELD);
        assertThat(Trip.V1.heldBy(trip.saga())).contains("card");
        assertThat(trip.saga().reason()).contains("capture is held back until its participant answers again");
    }

    @Test
    void areAskedForTheFirstTimeWhenTheyAreReleased() {
        var trip = atCaptureWhileTheCardIsSilent().afterAWhile(Duration.ofHours(1));

        trip.isReleased("card")
                .asks(CAPTURE)
                .gets(new Capture.Captured("r-1"))
                .asks(MAIL)
                .gets(new SendMail.Sent())
                .isCompleted();

        assertThat(trip.history().stream()
                        .flatMap(it -> it.changes().stream())
                        .filter(it -> it.step().equals("capture"))
                        .map(it -> it.phase() + " " + it.send()))
                .containsExactly("HELD 0", "RUNNING 1", "DONE 0");
    }

    @Test
    void areAskedForWhenNobodyReleasesThemButTheParticipantAnswersAgain() {
        atCaptureWhileTheCardIsSilent()
                .whileSilent()
                .afterAWhile(Duration.ofMinutes(1))
                .asks(CAPTURE)
                .gets(new Capture.Captured("r-1"))
                .asks(MAIL)
                .gets(new SendMail.Sent())
                .isCompleted();
    }

    @Test
    void keepTheirBudgetForWhenTheyAreAskedFor() {
        SagaScenario.startWhileSilent(Trip.V1, Trip.ADA, "flight")
                .asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .afterAWhile(Duration.ofHours(1))
                .isReleased("flight")
                .asks(FLIGHT)
                .waits()
                .whileSilent()
                .afterAWhile(Duration.ofSeconds(119))
                .waits(SagaStatus.RUNNING)
                .afterAWhile(Duration.ofSeconds(2))
                .waitsFor("book-flight", Phase.UNDOING);
    }

    @Test
    void areNotAskedForWhenTheSagaTurnsBackMeanwhile() {
        atCaptureWhileTheCardIsSilent()
                .isCancelled("changed my mind")
                .asks(new CancelHotel("Ada"))
                .waits()
                .undoes(new CancelFlight("Ada"))
                .gets(new CancelHotel("Ada"), new Undone())
                .isRejected("changed my mind");
    }

    @Test
    void areNotAskedAgainWhenTheyAreAskedAlready() {
        trip().asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .waits()
                .whileSilent("flight")
                .afterAWhile(Duration.ofHours(1))
                .waitsFor("book-flight", Phase.RUNNING)
                .gets(FLIGHT, new BookFlight.Booked("1A"))
                .asks(CAPTURE);
    }

    @Test
    void areAskedAgainWhereTheyStoodOnceTheParticipantAnswers() {
        var trip = trip();
        trip.asks(HOTEL).gets(new BookHotel.Booked("101")).asks(FLIGHT).waits();
        trip.whileSilent("flight").afterAWhile(Duration.ofHours(1));

        trip.whileSilent().afterAWhile(Duration.ofMinutes(1));

        var awaited = trip.saga().step("book-flight").awaited().orElseThrow();
        assertThat(awaited.sends()).isBetween(2, 10);
        assertThat(awaited.overdue()).isFalse();
    }

    @Test
    void areNoUndos() {
        trip().asks(HOTEL)
                .waits()
                .asks(FLIGHT)
                .waits()
                .whileSilent("hotel", "flight")
                .isCancelled("changed my mind")
                .undoes(new CancelHotel("Ada"))
                .asks(new CancelFlight("Ada"))
                .timesOut()
                .gets(new Undone())
                .isRejected("changed my mind");
    }

    @Test
    void doNotKeepTheirNeighboursFromBeingAsked() {
        SagaScenario.startWhileSilent(Trip.V1, Trip.ADA, "flight")
                .asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .waits(SagaStatus.RUNNING)
                .isReleased("flight")
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .whileSilent()
                .asks(CAPTURE);
    }

    private static SagaScenario<Trip> atCaptureWhileTheCardIsSilent() {
        return trip().whileSilent("card")
                .asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .waits(SagaStatus.RUNNING);
    }

    private static SagaScenario<Trip> trip() {
        return SagaScenario.start(Trip.V1, Trip.ADA);
    }
}
