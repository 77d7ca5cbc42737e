package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.Trip.BookFlight;
import shop.checkout.orchestrator.saga.Trip.BookHotel;
import shop.checkout.orchestrator.saga.Trip.CancelFlight;
import shop.checkout.orchestrator.saga.Trip.CancelHotel;
import shop.checkout.orchestrator.saga.Trip.Capture;
import shop.checkout.orchestrator.saga.Trip.SendMail;

/** A saga's own deadline: before the pivot it turns the saga back, after it a person is called. */
class SagaDeadlineTest {

    private static final Duration LONG = Duration.ofMinutes(20);

    /** Steps are patient enough for the saga's deadline to come first. */
    private static final RetryPolicy PATIENT = new RetryPolicy(
            Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(16));

    private static final SagaDefinition<Trip> IN_TIME = new SagaDefinition<>(
                    "trip",
                    1,
                    Trip.class,
                    List.of(
                            Trip.hotel().retry(PATIENT),
                            Trip.flight().retry(PATIENT),
                            Trip.capture().retry(PATIENT),
                            Trip.mail()),
                    Trip.V1.announcement())
            .within(LONG);

    private static final BookHotel HOTEL = new BookHotel("Ada");
    private static final BookFlight FLIGHT = new BookFlight("Ada");
    private static final Capture CAPTURE = new Capture("Ada");
    private static final SendMail MAIL = new SendMail("Ada");

    @Test
    void undoesWhatWasDoneAndWhatIsNotAnswered() {
        trip().asks(HOTEL)
                .waits()
                .afterAWhile(Duration.ofMinutes(10))
                .gets(HOTEL, new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .waits()
                .afterAWhile(Duration.ofMinutes(10))
                .undoes(new CancelFlight("Ada"))
                .undoes(new CancelHotel("Ada"))
                .isRejected("it was not finished within 1200 s");
    }

    @Test
    void isForgottenOnceTheSagaHasEnded() {
        atCapture()
                .gets(new Capture.Captured("r-1"))
                .asks(MAIL)
                .gets(new SendMail.Sent())
                .afterAWhile(Duration.ofHours(1))
                .isCompleted();
    }

    @Test
    void doesNotHurryASagaThatGoesBackAlready() {
        trip().asks(HOTEL)
                .waits()
                .isCancelled("changed my mind")
                .asks(new CancelHotel("Ada"))
                .waits()
                .afterAWhile(Duration.ofMinutes(8))
                .waits(SagaStatus.COMPENSATING)
                .afterAWhile(Duration.ofMinutes(30))
                .waits(SagaStatus.NEEDS_ATTENTION)
                .gets(new CancelHotel("Ada"), new Undone())
                .isRejected("changed my mind");
    }

    @Test
    void callsForAPersonWhenThePivotIsAskedForAndGoesOn() {
        atCapture()
                .waits()
                .afterAWhile(Duration.ofMinutes(11))
                .waits(SagaStatus.NEEDS_ATTENTION)
                .announces(new Trip.Attention("it has missed its deadline and cannot turn back any more"))
                .refusesToBeCancelled()
                .gets(CAPTURE, new Capture.Captured("r-1"))
                .asks(MAIL)
                .waits()
                .waits(SagaStatus.NEEDS_ATTENTION)
                .gets(MAIL, new SendMail.Sent())
                .isCompleted();
    }

    @Test
    void stillTurnsBackWhenThePivotIsRefusedAfterIt() {
        atCapture()
                .waits()
                .afterAWhile(Duration.ofMinutes(11))
                .gets(CAPTURE, new Capture.Declined())
                .undoes(new CancelFlight("Ada"))
                .undoes(new CancelHotel("Ada"))
                .isRejected("card declined");
    }

    private static SagaScenario<Trip>.Asked<Capture.Reply> atCapture() {
        return trip().asks(HOTEL)
                .waits()
                .afterAWhile(Duration.ofMinutes(10))
                .gets(HOTEL, new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .asks(CAPTURE);
    }

    private static SagaScenario<Trip> trip() {
        return SagaScenario.start(IN_TIME, Trip.ADA);
    }
}
