package shop.checkout.orchestrator.saga;

import static shop.checkout.orchestrator.saga.Decision.abort;
import static shop.checkout.orchestrator.saga.Decision.proceed;
import static shop.checkout.orchestrator.saga.Stage.together;
import static shop.checkout.orchestrator.saga.Step.step;

import java.util.List;
import java.util.Optional;
import shop.checkout.message.Command;
import shop.checkout.message.Compensation;
import shop.checkout.message.Event;
import shop.checkout.message.WireName;

/** A saga with everything a saga can have: parallel steps, a pivot and a retriable step. */
public record Trip(String traveller, Optional<String> room, Optional<String> seat, Optional<String> receipt) {

    public static final Trip ADA = new Trip("Ada", Optional.empty(), Optional.empty(), Optional.empty());

    public static final SagaDefinition<Trip> V1 = new SagaDefinition<>(
            "trip", 1, Trip.class, List.of(together(hotel(), flight()), capture(), mail()), Trip::announce);

    /** One reply of each type that its participants may send. */
    public static final List<Object> REPLIES = List.of(
            new BookHotel.Booked("101"),
            new BookHotel.Full(),
            new BookFlight.Booked("1A"),
            new BookFlight.Full(),
            new Capture.Captured("r-1"),
            new Capture.Declined(),
            new SendMail.Sent());

    @WireName("trip.attention.v1")
    public record Attention(String reason) implements Event {}

    @WireName("hotel.book.v1")
    public record BookHotel(String traveller) implements Command<BookHotel.Reply> {
        sealed interface Reply {}

        @WireName("hotel.booked.v1")
        record Booked(String room) implements Reply {}

        @WireName("hotel.full.v1")
        record Full() implements Reply {}
    }

    @WireName("hotel.cancel.v1")
    public record CancelHotel(String traveller) implements Compensation {}

    @WireName("flight.book.v1")
    public record BookFlight(String traveller) implements Command<BookFlight.Reply> {
        sealed interface Reply {}

        @WireName("flight.booked.v1")
        record Booked(String seat) implements Reply {}

        @WireName("flight.full.v1")
        record Full() implements Reply {}
    }

    @WireName("flight.cancel.v1")
    public record CancelFlight(String traveller) implements Compensation {}

    @WireName("card.capture.v1")
    public record Capture(String traveller) implements Command<Capture.Reply> {
        sealed interface Reply {}

        @WireName("card.captured.v1")
        record Captured(String receipt) implements Reply {}

        @WireName("card.declined.v1")
        record Declined() implements Reply {}
    }

    @WireName("mail.send.v1")
    public record SendMail(String traveller) implements Command<SendMail.Sent> {
        @WireName("mail.sent.v1")
        record Sent() {}
    }

    static Step<Trip, BookHotel.Reply> hotel() {
        return step("book-hotel", Trip.class)
                .send(BookHotel.class, trip -> new BookHotel(trip.traveller))
                .onReply((trip, reply) -> switch (reply) {
                    case BookHotel.Booked(var room) ->
                        proceed(new Trip(trip.traveller, Optional.of(room), trip.seat, trip.receipt));
                    case BookHotel.Full _ -> abort("no room");
                })
                .undo(CancelHotel.class, trip -> new CancelHotel(trip.traveller));
    }

    static Step<Trip, BookFlight.Reply> flight() {
        return step("book-flight", Trip.class)
                .send(BookFlight.class, trip -> new BookFlight(trip.traveller))
                .onReply((trip, reply) -> switch (reply) {
                    case BookFlight.Booked(var seat) ->
                        proceed(new Trip(trip.traveller, trip.room, Optional.of(seat), trip.receipt));
                    case BookFlight.Full _ -> abort("no seat");
                })
                .undo(CancelFlight.class, trip -> new CancelFlight(trip.traveller));
    }

    static Step<Trip, Capture.Reply> capture() {
        return step("capture", Trip.class)
                .send(Capture.class, trip -> new Capture(trip.traveller))
                .onReply((trip, reply) -> switch (reply) {
                    case Capture.Captured(var receipt) ->
                        proceed(new Trip(trip.traveller, trip.room, trip.seat, Optional.of(receipt)));
                    case Capture.Declined _ -> abort("card declined");
                })
                .pivot();
    }

    static Step<Trip, SendMail.Sent> mail() {
        return step("send-mail", Trip.class)
                .send(SendMail.class, trip -> new SendMail(trip.traveller))
                .retriable((trip, sent) -> trip);
    }

    private static Optional<Event> announce(Trip trip, Milestone milestone) {
        return switch (milestone) {
            case Milestone.NeedsAttention(var reason) -> Optional.of(new Attention(reason));
            case Milestone.Started _, Milestone.Completed _, Milestone.Rejected _ -> Optional.empty();
        };
    }
}
