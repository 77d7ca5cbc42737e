package shop.checkout.sandbox.carrier;

import java.util.stream.Stream;
import shop.checkout.sandbox.http.Rejected;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** JSON as the carrier reads it, strictly, and writes it. */
final class CarrierJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> Stream.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> texts.setCoercion(shape, CoercionAction.Fail)))
            .build();

    private CarrierJson() {}

    static byte[] write(Object document) {
        return JSON.writeValueAsBytes(document);
    }

    /** Throws {@link Rejected} with the place and the kind of the mistake. */
    static <T> T read(Class<T> type, byte[] body) {
        try {
            var request = JSON.readValue(body, type);
            if (request == null) {
                throw rejected("the body must be a JSON object");
            }
            return request;
        } catch (JacksonException e) {
            throw rejected(mistake(e));
        }
    }

    private static String mistake(JacksonException e) {
        return switch (e) {
            case StreamReadException _ -> "the body is not JSON";
            case UnrecognizedPropertyException unknown -> "unknown field " + place(unknown);
            case ValueInstantiationException refused
            when refused.getCause() instanceof IllegalArgumentException cause -> String.valueOf(cause.getMessage());
            case DatabindException wrong -> "the value of " + place(wrong) + " is of the wrong type";
            default -> "the body cannot be read";
        };
    }

    private static String place(DatabindException e) {
        var place = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() != null) {
                place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return place.isEmpty() ? "the body" : place.toString();
    }

    private static Rejected rejected(String detail) {
        return new Rejected(CarrierWords.problem(400, "invalid_request", detail));
    }
}
