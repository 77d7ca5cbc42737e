package shop.checkout.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object in a request, read strictly: every field that the reader asks for must be there and have exactly the type asked for,
 * and no other field may be there. What is wrong is collected, so that a client hears of all of it at once.
 *
 * <p>A wrong value is replaced by a harmless one ("" or 0), so that the reader can go on; {@link StrictJson} never lets
 * such a result out.
 */
public final class JsonInput {

    private final String pointer;
    private final @Nullable JsonNode node;
    private final List<InvalidField> flaws;
    private final Set<String> asked = new HashSet<>();

    private JsonInput(String pointer, @Nullable JsonNode node, List<InvalidField> flaws) {
        this.pointer = pointer;
        this.node = node;
        this.flaws = flaws;
    }

    static <T> T read(String pointer, JsonNode value, List<InvalidField> flaws, Function<JsonInput, T> reader) {
        if (!value.isObject()) {
            flaws.add(new InvalidField(pointer, "must be an object"));
            return reader.apply(new JsonInput(pointer, null, new ArrayList<>()));
        }
        var input = new JsonInput(pointer, value, flaws);
        T result = reader.apply(input);
        value.propertyNames().stream()
                .filter(name -> !input.asked.contains(name))
                .forEach(name -> flaws.add(new InvalidField(input.at(name), "is not a field that is known here")));
        return result;
    }

    public String text(String field, JsonText rule) {
        return value(field)
                .filter(value -> check(value.isString(), field, "must be a string"))
                .map(JsonNode::stringValue)
                .filter(text ->
                        rule.flaw(text).map(flaw -> check(false, field, flaw)).orElse(true))
                .orElse("");
    }

    /** Written as an integer: neither 2.0 nor "2" is one. */
    public int integer(String field, int min, int max) {
        var expectation = "must be an integer from " + min + " to " + max;
        return value(field)
                .filter(value -> check(value.isIntegralNumber(), field, expectation))
                .filter(value -> check(isWithin(value, min, max), field, expectation))
                .map(JsonNode::intValue)
                .orElse(0);
    }

    public <T> T object(String field, Function<JsonInput, T> reader) {
        return value(field)
                .map(value -> read(at(field), value, flaws, reader))
                .orElseGet(() -> reader.apply(new JsonInput(at(field), null, new ArrayList<>())));
    }

    public <T> List<T> objects(String field, int min, int max, Function<JsonInput, T> reader) {
        var expectation = "must be a list of " + min + " to " + max + " objects";
        return value(field)
                .filter(value -> check(value.isArray(), field, expectation))
                .filter(value -> check(value.size() >= min && value.size() <= max, field, expectation))
                .map(value -> IntStream.range(0, value.size())
                        .mapToObj(i -> read(at(field) + "/" + i, value.get(i), flaws, reader))
                        .toList())
                .orElse(List.of());
    }

    /** Whether the field holds a plain value, of whatever type, that reads like this; judges nothing else about it. */
    public boolean resembles(String field, Predicate<String> likeness) {
        var value = node == null ? null : node.get(field);
        return value != null && value.isValueNode() && likeness.test(value.asString());
    }

    /**
     * Notes that something is wrong for a reason of the reader's own.
     *
     * @param relativePointer from this object on, such as "/lines/2"
     */
    public void refuse(String relativePointer, String detail) {
        if (node != null) {
            flaws.add(new InvalidField(pointer + relativePointer, detail));
        }
    }

    private Optional<JsonNode> value(String field) {
        asked.add(field);
        if (node == null) {
            return Optional.empty();
        }
        var value = node.get(field);
        if (value == null || value.isNull()) {
            flaws.add(new InvalidField(at(field), "is required"));
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private boolean check(boolean fine, String field, String expectation) {
        if (!fine) {
            flaws.add(new InvalidField(at(field), expectation));
        }
        return fine;
    }

    private static boolean isWithin(JsonNode value, int min, int max) {
        return value.canConvertToInt() && value.intValue() >= min && value.intValue() <= max;
    }

    private String at(String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
