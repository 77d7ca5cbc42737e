package shop.checkout.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.orchestrator.saga.SagaScenario.SAGA;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;
import shop.checkout.orchestrator.saga.HistoryEntry.Cause;
import shop.checkout.orchestrator.saga.HistoryEntry.Change;
import shop.checkout.orchestrator.saga.Trip.BookFlight;
import shop.checkout.orchestrator.saga.Trip.BookHotel;
import shop.checkout.orchestrator.saga.Trip.CancelFlight;
import shop.checkout.orchestrator.saga.Trip.CancelHotel;
import shop.checkout.orchestrator.saga.Trip.Capture;
import shop.checkout.orchestrator.saga.Trip.SendMail;

class SagaMachineTest {

    private static final BookHotel HOTEL = new BookHotel("Ada");
    private static final BookFlight FLIGHT = new BookFlight("Ada");
    private static final Capture CAPTURE = new Capture("Ada");
    private static final SendMail MAIL = new SendMail("Ada");
    private static final CancelHotel CANCEL_HOTEL = new CancelHotel("Ada");
    private static final CancelFlight CANCEL_FLIGHT = new CancelFlight("Ada");

    @Test
    void runsAStageAtOnceAndTheNextWhenAllOfItIsDone() {
        trip().asks(HOTEL)
                .waits()
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .waits(SagaStatus.RUNNING)
                .gets(HOTEL, new BookHotel.Booked("101"))
                .asks(CAPTURE)
                .gets(new Capture.Captured("r-1"))
                .asks(MAIL)
                .gets(new SendMail.Sent())
                .isCompleted()
                .knows(new Trip("Ada", Optional.of("101"), Optional.of("1A"), Optional.of("r-1")));
    }

    @Test
    void undoesTheStepBesideARefusedOneAlthoughItsOutcomeIsUnknown() {
        trip().asks(HOTEL)
                .waits()
                .asks(FLIGHT)
                .gets(new BookFlight.Full())
                .asks(CANCEL_HOTEL)
                .waits()
                .ignores(HOTEL, new BookHotel.Booked("101"))
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("no seat");
    }

    @Test
    void undoesAWholeStageAtOnceWhenThePivotIsRefused() {
        atCapture()
                .gets(new Capture.Declined())
                .asks(CANCEL_HOTEL)
                .waits()
                .undoes(CANCEL_FLIGHT)
                .waits(SagaStatus.COMPENSATING)
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("card declined");
    }

    @Test
    void keepsTheFirstReasonWhenASecondStepIsRefusedToo() {
        trip().asks(HOTEL)
                .waits()
                .asks(FLIGHT)
                .gets(new BookFlight.Full())
                .asks(CANCEL_HOTEL)
                .waits()
                .ignores(HOTEL, new BookHotel.Full())
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("no seat");
    }

    @Test
    void neverGivesUpAPivotButCallsForAPerson() {
        atCapture()
                .waits()
                .afterAWhile(Duration.ofHours(1))
                .waits(SagaStatus.NEEDS_ATTENTION)
                .announces(new Trip.Attention(
                        "capture was not answered in time, cannot be given up and is still being retried"))
                .gets(CAPTURE, new Capture.Captured("r-1"))
                .asks(MAIL)
                .gets(new SendMail.Sent())
                .isCompleted();
    }

    @Test
    void takesARefusedPivotBackEvenWhenItComesLate() {
        atCapture()
                .waits()
                .afterAWhile(Duration.ofHours(1))
                .gets(CAPTURE, new Capture.Declined())
                .undoes(CANCEL_HOTEL)
                .undoes(CANCEL_FLIGHT)
                .isRejected("card declined");
    }

    @Test
    void neverGivesUpARetriableStepButCallsForAPerson() {
        atMail().waits()
                .afterAWhile(Duration.ofHours(1))
                .waits(SagaStatus.NEEDS_ATTENTION)
                .gets(MAIL, new SendMail.Sent())
                .isCompleted();
    }

    @Test
    void doesNotTakeARetriableStepForUndone() {
        var mail = MessageKey.ofStep(SAGA, "send-mail", 1);

        atMail().waits().ignoresForeign(mail, new Superseded()).waits(SagaStatus.RUNNING);
    }

    @Test
    void goesOnUndoingForEverAndCallsForAPerson() {
        trip().asks(HOTEL)
                .waits()
                .asks(FLIGHT)
                .gets(new BookFlight.Full())
                .asks(CANCEL_HOTEL)
                .waits()
                .afterAWhile(Duration.ofHours(2))
                .waits(SagaStatus.NEEDS_ATTENTION)
                .announces(new Trip.Attention("book-hotel could not be undone in time and is still being retried"))
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("no seat");
    }

    @Test
    void letsTheOtherUndosOfAStageGoOnWhileOneNeedsAttention() {
        atCapture()
                .gets(new Capture.Declined())
                .asks(CANCEL_HOTEL)
                .waits()
                .asks(CANCEL_FLIGHT)
                .waits()
                .afterAWhile(Duration.ofHours(2))
                .gets(CANCEL_FLIGHT, new Undone())
                .waits(SagaStatus.NEEDS_ATTENTION)
                .gets(CANCEL_HOTEL, new Undone())
                .isRejected("card declined");
    }

    @Test
    void isCancelledBeforeThePivot() {
        trip().asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .waits()
                .isCancelled("changed my mind")
                .undoes(CANCEL_HOTEL)
                .undoes(CANCEL_FLIGHT)
                .isRejected("changed my mind");
    }

    @Test
    void cannotBeCancelledOnceThePivotIsAskedFor() {
        atCapture().waits().refusesToBeCancelled().waits(SagaStatus.RUNNING);
        atMail().waits().refusesToBeCancelled().waits(SagaStatus.RUNNING);
    }

    @Test
    void cannotBeCancelledOnceItIsCompleted() {
        atMail().gets(new SendMail.Sent()).refusesToBeCancelled().isCompleted();
    }

    @Test
    void asksAgainUnderTheSameKeyAndEndsLikeAnyOther() {
        atCapture()
                .timesOut()
                .timesOut()
                .gets(new Capture.Captured("r-1"))
                .asks(MAIL)
                .timesOut()
                .gets(new SendMail.Sent())
                .isCompleted();
    }

    @Test
    void ignoresRepliesThatAnswerNothingItAsked() {
        var hotel = MessageKey.ofStep(SAGA, "book-hotel", 1);

        trip().ignoresForeign(hotel.undo(), new Undone())
                .ignoresForeign(MessageKey.ofStep(SAGA, "book-hotel", 2), new BookHotel.Booked("101"))
                .ignoresForeign(MessageKey.ofStep(SAGA, "no-such-step", 1), new BookHotel.Booked("101"))
                .ignoresForeign(hotel, new BookFlight.Booked("1A"))
                .ignoresForeign(hotel, new Undone())
                .asks(HOTEL)
                .gets(new BookHotel.Booked("101"));
    }

    @Test
    void doesNothingWhenItIsWokenTooEarly() {
        var machine = new SagaMachine<>(Trip.V1);
        var start = Instant.parse("2026-01-01T12:00:00Z");
        var saga = machine.on(Trip.V1.born(SAGA, Trip.ADA), new News.Started(start))
                .saga();

        var move = machine.on(saga, new News.TimeCame(start.plusSeconds(4)));

        assertThat(move)
                .isEqualTo(new Move<>(saga, Verdict.NOTHING_DUE, List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void startsOnlyOnce() {
        var machine = new SagaMachine<>(Trip.V1);
        var saga = machine.on(Trip.V1.born(SAGA, Trip.ADA), new News.Started(Instant.EPOCH))
                .saga();

        var move = machine.on(saga, new News.Started(Instant.EPOCH));

        assertThat(move.verdict()).isEqualTo(Verdict.IGNORED);
        assertThat(move.commands()).isEmpty();
    }

    @Test
    void writesDownWhatHappened() {
        var scenario = trip();
        scenario.asks(HOTEL)
                .waits()
                .asks(FLIGHT)
                .timesOut()
                .waits()
                .ignoresForeign(MessageKey.ofStep(SAGA, "capture", 1), new Capture.Declined())
                .gets(HOTEL, new BookHotel.Full());

        assertThat(scenario.history())
                .containsExactly(
                        entry(
                                1,
                                Cause.STARTED,
                                Verdict.APPLIED,
                                SagaStatus.RUNNING,
                                new Change("book-hotel", Phase.RUNNING, 1, 1),
                                new Change("book-flight", Phase.RUNNING, 1, 1)),
                        entry(
                                2,
                                Cause.TIME_CAME,
                                Verdict.APPLIED,
                                SagaStatus.RUNNING,
                                new Change("book-flight", Phase.RUNNING, 1, 2)),
                        new HistoryEntry(
                                3,
                                Cause.REPLIED,
                                Verdict.IGNORED,
                                Optional.of("capture"),
                                Optional.of("card.declined.v1"),
                                SagaStatus.RUNNING,
                                Optional.of("no such reply is awaited"),
                                List.of()),
                        new HistoryEntry(
                                4,
                                Cause.REPLIED,
                                Verdict.APPLIED,
                                Optional.of("book-hotel"),
                                Optional.of("hotel.full.v1"),
                                SagaStatus.COMPENSATING,
                                Optional.of("no room"),
                                List.of(
                                        new Change("book-hotel", Phase.REFUSED, 1, 0),
                                        new Change("book-flight", Phase.UNDOING, 1, 1))));
    }

    private static SagaScenario<Trip> trip() {
        return SagaScenario.start(Trip.V1, Trip.ADA);
    }

    private static SagaScenario<Trip>.Asked<Capture.Reply> atCapture() {
        return trip().asks(HOTEL)
                .gets(new BookHotel.Booked("101"))
                .asks(FLIGHT)
                .gets(new BookFlight.Booked("1A"))
                .asks(CAPTURE);
    }

    private static SagaScenario<Trip>.Asked<SendMail.Sent> atMail() {
        return atCapture().gets(new Capture.Captured("r-1")).asks(MAIL);
    }

    private static HistoryEntry entry(long seq, Cause cause, Verdict verdict, SagaStatus status, Change... changes) {
        return new HistoryEntry(
                seq, cause, verdict, Optional.empty(), Optional.empty(), status, Optional.empty(), List.of(changes));
    }
}
