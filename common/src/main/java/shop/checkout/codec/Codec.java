package shop.checkout.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import shop.checkout.message.WireName;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns messages into JSON under their wire names and back. A reader ignores fields it does not know, so that a newer
 * sender can add some. Thread-safe.
 */
public final class Codec {

    private final Map<String, Class<?>> types = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();
    private final JsonMapper json;

    /** @throws IllegalArgumentException when a type has no wire name or two share one */
    public Codec(List<Class<? extends Record>> messageTypes) {
        messageTypes.forEach(this::register);
        json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfigDefaults(it -> it.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .addModule(new ShopModule())
                .build();
    }

    /** A codec for every type of the {@link Catalogue}. */
    public static Codec ofCatalogue() {
        return new Codec(Catalogue.TYPES);
    }

    /** @throws IllegalArgumentException when the type is not in the catalogue */
    public String wireName(Class<?> type) {
        String name = names.get(type);
        if (name == null) {
            throw new IllegalArgumentException(
                    type.getName() + " is not in the catalogue of message types: add it there");
        }
        return name;
    }

    /** Any record, as JSON; also used for what is stored rather than sent. */
    public String write(Object value) {
        return json.writeValueAsString(value);
    }

    /** @throws UnreadableMessage when the wire name is unknown or the text does not fit it */
    public Object read(String wireName, String text) {
        Class<?> type = types.get(wireName);
        if (type == null) {
            throw new UnreadableMessage("no message type is called " + wireName);
        }
        return read(type, text);
    }

    /** @throws UnreadableMessage when the text does not fit the type */
    public <T> T read(Class<T> type, String text) {
        try {
            return Optional.ofNullable(json.readValue(text, type))
                    .orElseThrow(() -> new UnreadableMessage(type.getSimpleName() + " cannot be read: it is null"));
        } catch (JacksonException e) {
            throw new UnreadableMessage(
                    type.getSimpleName() + " cannot be read" + place(e) + ": " + e.getOriginalMessage(), e);
        }
    }

    private static String place(JacksonException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.?(?=.)", " at ");
    }

    private void register(Class<? extends Record> type) {
        var annotation = type.getAnnotation(WireName.class);
        if (annotation == null) {
            throw new IllegalArgumentException(type.getName() + " needs a @WireName");
        }
        var other = types.putIfAbsent(annotation.value(), type);
        if (other != null) {
            throw new IllegalArgumentException(
                    type.getName() + " and " + other.getName() + " share the wire name " + annotation.value());
        }
        names.put(type, annotation.value());
    }
}
