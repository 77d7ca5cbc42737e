package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.orchestrator.saga.SagaScenario.SAGA;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.Operation.Compensate;
import shop.checkout.orchestrator.saga.Operation.GoForward;
import shop.checkout.orchestrator.saga.Operation.MarkUndone;
import shop.checkout.orchestrator.saga.Operation.Retry;
import shop.checkout.orchestrator.saga.Operation.Skip;
import shop.checkout.orchestrator.saga.Trip.BookFlight;
import shop.checkout.orchestrator.saga.Trip.BookHotel;
import shop.checkout.orchestrator.saga.Trip.CancelFlight;
import shop.checkout.orchestrator.saga.Trip.CancelHotel;
import shop.checkout.orchestrator.saga.Trip.Capture;
import shop.checkout.orchestrator.saga.Trip.SendMail;

/** What a person may do about a saga, and what not. */
class OperationsTest {

    private static final BookHotel HOTEL = new BookHotel("Ada");
    private static final BookFlight FLIGHT = new BookFlight("Ada");
    private static final Capture CAPTURE = new Capture("Ada");
    private static final SendMail MAIL = new SendMail("Ada");
    private static final CancelHotel CANCEL_HOTEL = new CancelHotel("Ada");
    private static final CancelFlight CANCEL_FLIGHT = new CancelFlight("Ada");
    private static final Duration TOO_LONG = Duration.ofMinutes(11);

    // ---- retry

    @Test
    void retryAsksAtOnceUnderTheSameKeyWithABudgetAsAtFirst() {
        var trip = hotelCannotBeCancelled();
        var before = trip.saga().step("book-hotel");

        trip.isOperated(new Retry());

        var after = trip.saga().step("book-hotel");
        assertThat(after.awaitedKey(SAGA)).isEqualTo(before.awaitedKey(SAGA));
        assertThat(after.awaited().orElseThrow().sends())
                .isEqualTo(before.awaited().orElseThrow().sends() + 1);
        trip.asks(CANCEL_HOTEL)
                .waits()
                .waits(SagaStatus.COMPENSATING)
                .afterAWhile(Duration.ofMinutes(9))
                .waits(SagaStatus.COMPENSATING)
                .afterAWhile(Duration.ofMinutes(2))
                .waits(SagaStatus.NEEDS_ATTENTION);
    }

    @Test
    void retryAsksAParticipantThatIsHeldToBeSilent() {
        trip().whileSilent("card")
                .asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .isOperated(new Retry())
                .asks(CAPTURE);
    }

    @Test
    void nothingIsToBeDoneAboutASagaThatHasEnded() {
        trip().asks(HOTEL)
                .gets(new BookHotel.Full())
                .asks(FLIGHT)
                .waits()
                .undoes(CANCEL_FLIGHT)
                .isRejected("no room")
                .allows()
                .refuses(new Retry())
                .refuses(new GoForward())
                .refuses(new MarkUndone("book-flight"))
                .refuses(new Skip("send-mail"));
    }

    // ---- done by hand

    @Test
    void whatIsUndoneByHandIsToldToItsParticipantUnderAKeyOfItsOwn() {
        var trip = hotelCannotBeCancelled().isOperated(new MarkUndone("book-hotel"));

        assertThat(trip.saga().step("book-hotel").awaitedKey(SAGA))
                .contains(new MessageKey(SAGA, "book-hotel/undo/by-hand"));
        trip.asks(CANCEL_HOTEL).timesOut().gets(new Undone()).isRejected("no seat");
    }

    @Test
    void whatIsUndoneByHandMayTurnOutToBeUndoneAnyway() {
        var trip = hotelCannotBeCancelled();
        var undo = trip.saga().step("book-hotel").awaitedKey(SAGA).orElseThrow();

        trip.isOperated(new MarkUndone("book-hotel"))
                .asks(CANCEL_HOTEL)
                .waits()
                .getsForeign(undo, new Undone())
                .isRejected("no seat");
    }

    @Test
    void whatMayStillHappenCannotHaveBeenUndoneByHand() {
        trip().asks(HOTEL)
                .waits()
                .asks(FLIGHT)
                .gets(new BookFlight.Full())
                .asks(CANCEL_HOTEL)
                .waits()
                .afterAWhile(TOO_LONG)
                .waits(SagaStatus.NEEDS_ATTENTION)
                .refuses(new MarkUndone("book-hotel"))
                .allows(new Retry(), new GoForward());
    }

    @Test
    void onlyAnUndoThatHasFailedForTooLongMayBeDoneByHand() {
        trip().asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Full())
                .asks(CANCEL_HOTEL)
                .waits()
                .refuses(new MarkUndone("book-hotel"))
                .refuses(new MarkUndone("book-flight"))
                .refuses(new MarkUndone("no-such-step"))
                .allows(new Retry(), new GoForward())
                .afterAWhile(TOO_LONG)
                .allows(new Retry(), new GoForward(), new MarkUndone("book-hotel"));
    }

    // ---- skip

    @Test
    void aRetriableStepThatHasFailedForTooLongMayBeSkipped() {
        var trip = atMail().waits().refuses(new Skip("send-mail")).afterAWhile(TOO_LONG);

        trip.allows(new Retry(), new Skip("send-mail"))
                .isOperated(new Skip("send-mail"))
                .isCompleted()
                .ignores(MAIL, new SendMail.Sent());
    }

    @Test
    void aPivotIsNeverSkipped() {
        atCapture().waits().afterAWhile(TOO_LONG).allows(new Retry()).refuses(new Skip("capture"));
    }

    // ---- compensate

    @Test
    void beforeThePivotASagaMayBeUndone() {
        trip().asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .waits()
                .isOperated(new Compensate())
                .asks(CANCEL_HOTEL)
                .waits()
                .undoes(CANCEL_FLIGHT)
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("ada: because");
    }

    @Test
    void afterThePivotItMayNot() {
        atMail().waits().refuses(new Compensate());
    }

    // ---- forward again

    @Test
    void whatIsBeingUndoneMaySetOutAgainOnceNothingIsLeft() {
        var trip = hotelCannotBeCancelled().isOperated(new GoForward()).waits(SagaStatus.NEEDS_ATTENTION);

        trip.gets(CANCEL_HOTEL, new Undone()).waitsFor("book-hotel", Phase.RUNNING);

        assertThat(trip.saga().status()).isEqualTo(SagaStatus.RUNNING);
        assertThat(trip.saga().steps()).allMatch(step -> step.attempt() == 2);
        assertThat(trip.saga().step("book-hotel").awaitedKey(SAGA)).contains(new MessageKey(SAGA, "book-hotel#2"));
        trip.ignoresForeign(MessageKey.ofStep(SAGA, "book-hotel", 1), new BookHotel.Full())
                .asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .asks(CAPTURE)
                .gets(new Capture.Captured("r-1"))
                .asks(MAIL)
                .gets(new SendMail.Sent())
                .isCompleted();
    }

    @Test
    void aSecondAttemptIsUndoneUnderItsOwnKeys() {
        var trip = hotelCannotBeCancelled().isOperated(new GoForward()).gets(CANCEL_HOTEL, new Undone());

        trip.asks(HOTEL).waits().asks(FLIGHT).gets(new BookFlight.Full());

        assertThat(trip.saga().step("book-hotel").awaitedKey(SAGA)).contains(new MessageKey(SAGA, "book-hotel#2/undo"));
        trip.undoes(CANCEL_HOTEL).isRejected("no seat");
    }

    @Test
    void whatIsCancelledMeanwhileDoesNotSetOutAgain() {
        hotelCannotBeCancelled()
                .isOperated(new GoForward())
                .isCancelled("changed my mind")
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("no seat");
        hotelCannotBeCancelled()
                .isOperated(new GoForward())
                .isOperated(new Compensate())
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("no seat");
    }

    @Test
    void aSagaOnItsWayForwardNeedsNoForward() {
        trip().refuses(new GoForward()).allows(new Retry(), new Compensate());
    }

    // ---- history

    @Test
    void theHistorySaysWhoAndWhy() {
        var trip = hotelCannotBeCancelled().isOperated(new Retry());

        var entry = trip.history().getLast();
        assertThat(entry.cause()).isEqualTo(HistoryEntry.Cause.OPERATED);
        assertThat(entry.note()).contains("ada: because");
    }

    private static SagaScenario<Trip> hotelCannotBeCancelled() {
        return trip().asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Full())
                .asks(CANCEL_HOTEL)
                .waits()
                .afterAWhile(TOO_LONG)
                .waits(SagaStatus.NEEDS_ATTENTION);
    }

    private static SagaScenario<Trip>.Asked<SendMail.Sent> atMail() {
        return atCapture().gets(new Capture.Captured("r-1")).asks(MAIL);
    }

    private static SagaScenario<Trip>.Asked<Capture.Reply> atCapture() {
        return trip().asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .asks(CAPTURE);
    }

    private static SagaScenario<Trip> trip() {
        return SagaScenario.start(Trip.V1, Trip.ADA);
    }
}
