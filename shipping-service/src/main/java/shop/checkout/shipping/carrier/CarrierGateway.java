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
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.InvalidRequest;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.SpentKey;
import shop.checkout.intent.CounterpartInTrouble;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.carrier.CarrierApi.Found;
import shop.checkout.shipping.carrier.CarrierApi.Order;
import shop.checkout.shipping.carrier.CarrierApi.Problem;
import shop.checkout.shipping.carrier.CarrierApi.Shipment;

/** Hands parcels to the carrier and calls them back, over its JSON API. */
final class CarrierGateway implements Counterpart<ParcelRequest> {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotent-Replayed";

    private final RestClient carrier;

    CarrierGateway(RestClient carrier) {
        this.carrier = carrier;
    }

    @Override
    public Outcome.Definite perform(ParcelRequest request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
        try {
            var shipment = carrier.post()
                    .uri(CarrierApi.SHIPMENTS)
                    .header(IDEMPOTENCY_KEY, command.toString())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Order.of(request, command))
                    .retrieve()
                    .body(Shipment.class);
            return done(Objects.requireNonNull(shipment, "the carrier's answer has no body"));
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

    @Override
    public Optional<Outcome.Definite> find(ParcelRequest request, MessageKey command) throws OutcomeUnknown {
        try {
            var found = carrier.get()
                    .uri(CarrierApi.SHIPMENTS + "?reference={reference}", CarrierApi.referenceOf(command))
                    .retrieve()
                    .body(Found.class);
            var shipments = Objects.requireNonNull(found, "the carrier's answer has no body")
                    .shipments();
            if (shipments.size() > 1) {
                throw new OutcomeUnknown(command + ": the carrier has " + shipments.size() + " shipments for it");
            }
            return shipments.stream().map(CarrierGateway::done).findFirst();
        } catch (RestClientException e) {
            throw unknown(command, e);
        }
    }

    /** The carrier cancels a shipment once, however often it is told to. */
    @Override
    public String reverse(ParcelRequest request, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        try {
            var shipment = carrier.post()
                    .uri(CarrierApi.SHIPMENTS + "/{id}/cancel", receipt.id())
                    .header(IDEMPOTENCY_KEY, undo.toString())
                    .retrieve()
                    .body(Shipment.class);
            return Objects.requireNonNull(shipment, "the carrier's answer has no body")
                    .id();
        } catch (RestClientException e) {
            throw unknown(undo, e);
        }
    }

    private static Outcome.Definite done(Shipment shipment) {
        return new Outcome.Done(new Receipt(shipment.id(), shipment.trackingNumber()));
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
