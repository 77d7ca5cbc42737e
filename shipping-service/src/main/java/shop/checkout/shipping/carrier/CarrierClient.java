package shop.checkout.shipping.carrier;

import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import shop.checkout.effect.InvalidRequest;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.SpentKey;
import shop.checkout.intent.CounterpartInTrouble;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.carrier.CarrierApi.Found;
import shop.checkout.shipping.carrier.CarrierApi.Made;
import shop.checkout.shipping.carrier.CarrierApi.Problem;

/** How anything is asked of the carrier over its JSON API, and what its answers mean. */
final class CarrierClient {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";

    private final RestClient carrier;

    CarrierClient(RestClient carrier) {
        this.carrier = carrier;
    }

    /** Asks for something to be made, once a key. */
    Outcome.Definite make(String path, Object order, MessageKey command, Class<? extends Made> answer)
            throws OutcomeUnknown, InvalidRequest {
        try {
            var made = carrier.post()
                    .uri(path)
                    .header(IDEMPOTENCY_KEY, command.toString())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(order)
                    .retrieve()
                    .body(answer);
            return done(Objects.requireNonNull(made, "the carrier's answer has no body"));
        } catch (HttpClientErrorException.UnprocessableContent e) {
            return new Outcome.Refused(detail(e));
        } catch (HttpClientErrorException.BadRequest e) {
            if (isOurs(e)) {
                throw new InvalidRequest(command + ": " + detail(e), e);
            }
            throw unknown(command, e);
        } catch (RestClientException e) {
            throw unknown(command, e);
        }
    }

    /** Looks up what was made for a command. */
    Optional<Outcome.Definite> find(String path, MessageKey command, Class<? extends Found> answer)
            throws OutcomeUnknown {
        try {
            var found = carrier.get()
                    .uri(path + "?reference={reference}", CarrierApi.referenceOf(command))
                    .retrieve()
                    .body(answer);
            var made = Objects.requireNonNull(found, "the carrier's answer has no body")
                    .made();
            if (made.size() > 1) {
                throw new OutcomeUnknown(command + ": the carrier has made " + made.size() + " for it");
            }
            return made.stream().map(CarrierClient::done).findFirst();
        } catch (RestClientException e) {
            throw unknown(command, e);
        }
    }

    /** The carrier cancels once, however often it is told to, and gives that no name of its own. */
    String cancel(String path, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        try {
            carrier.post()
                    .uri(path + "/{id}/cancel", receipt.id())
                    .header(IDEMPOTENCY_KEY, undo.toString())
                    .retrieve()
                    .toBodilessEntity();
            return receipt.id();
        } catch (RestClientException e) {
            throw unknown(undo, e);
        }
    }

    private static Outcome.Definite done(Made made) {
        return new Outcome.Done(made.receipt());
    }

    /** All that is neither success nor refusal; a key in use is among it, as its call may still succeed. */
    private static OutcomeUnknown unknown(MessageKey key, RestClientException failure) {
        var message = key + ": " + failure.getMessage();
        if (!(failure instanceof RestClientResponseException answer)) {
            return new CounterpartInTrouble(message, failure);
        }
        if (!answer.getStatusCode().is5xxServerError()) {
            return answer.getStatusCode() == HttpStatus.TOO_MANY_REQUESTS
                    ? new CounterpartInTrouble(message, failure)
                    : new OutcomeUnknown(message, failure);
        }
        return isReplayed(answer) ? new SpentKey(message, failure) : new CounterpartInTrouble(message, failure);
    }

    /** The request makes no sense. A key that was used for another request says nothing about what that one did. */
    private static boolean isOurs(HttpClientErrorException.BadRequest e) {
        return Optional.ofNullable(e.getResponseBodyAs(Problem.class))
                .filter(problem -> problem.code().equals("invalid_request"))
                .isPresent();
    }

    private static boolean isReplayed(RestClientResponseException answer) {
        return Optional.ofNullable(answer.getResponseHeaders())
                .map((HttpHeaders headers) -> "true".equals(headers.getFirst(REPLAYED)))
                .orElse(false);
    }

    private static String detail(RestClientResponseException e) {
        return Optional.ofNullable(e.getResponseBodyAs(Problem.class))
                .map(Problem::detail)
                .orElseGet(() -> String.valueOf(e.getMessage()));
    }
}
