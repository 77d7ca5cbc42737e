package shop.checkout.parking.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.parking.ParkedMessages;
import shop.checkout.parking.ParkedMessages.Entry;
import shop.checkout.parking.ParkedMessages.Outcome;
import shop.checkout.web.Cursor;
import shop.checkout.web.Page;
import shop.checkout.web.PageRequest;
import shop.checkout.web.ProblemException;
import shop.checkout.web.StrictJson;

/**
 * What this service could not handle, for those who run the shop. There is no {@code If-Match}: an id stands for one message,
 * which does not change while it is parked, and for none afterwards.
 */
@RestController
@RequestMapping(path = "/api/v1/parked-messages", produces = MediaType.APPLICATION_JSON_VALUE)
public final class ParkedMessageController {

    private final ParkedMessages parked;

    public ParkedMessageController(ParkedMessages parked) {
        this.parked = parked;
    }

    /** The oldest first. @param key of one record key (saga) only */
    @GetMapping
    Page<Entry> list(
            @RequestParam @Nullable String key,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        var page = PageRequest.parse(limit, cursor);
        long after = page.after().map(it -> it.read(Long::parseLong)).orElse(0L);
        var entries = parked.find(Optional.ofNullable(key), after, page.fetch());
        return page.page(entries, entry -> new Cursor("" + entry.id()), entry -> entry);
    }

    /** Has it tried again at once; answers it as it was. */
    @PostMapping(path = "/{id}/release", consumes = MediaType.APPLICATION_JSON_VALUE)
    Entry release(@PathVariable String id, HttpServletRequest http) throws IOException {
        var asked = StrictJson.read(http, ParkedBody::read);
        return answer(id, parked.release(parse(id), asked.operator(), asked.reason()));
    }

    /** Gives it up; answers it as it was. */
    @PostMapping(path = "/{id}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    Entry discard(@PathVariable String id, HttpServletRequest http) throws IOException {
        var asked = StrictJson.read(http, ParkedBody::read);
        return answer(id, parked.discard(parse(id), asked.operator(), asked.reason()));
    }

    private static Entry answer(String id, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var entry) -> entry;
            case Outcome.Unknown _ -> throw unknown(id);
            case Outcome.QueuesBehind(long first) ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "queues-behind-another",
                        "Parked message " + id + " follows at once when " + first + " is handled. Release that.");
            case Outcome.MustBeHandled(var topic) ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "must-be-handled",
                        "Events of " + topic + " settle stock or money: they can be released, never discarded.");
        };
    }

    private static long parse(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw unknown(id);
        }
        return Long.parseLong(id);
    }

    private static ProblemException unknown(String id) {
        return ProblemException.of(
                HttpStatus.NOT_FOUND,
                "unknown-parked-message",
                "No message is parked here under this id; it may have been handled meanwhile.");
    }
}
