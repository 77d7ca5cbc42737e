package shop.checkout.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parameters as a URL or a form carries them, sorted by name: {@code amount=100&metadata[order_id]=42}. */
public record Form(SortedMap<String, String> values) {

    public Form {
        values = Collections.unmodifiableSortedMap(values);
    }

    /** Throws {@link IllegalArgumentException} if a name occurs twice or something is not properly escaped. */
    public static Form parse(String encoded) {
        var values = new TreeMap<String, String>();
        for (var start = 0; start < encoded.length(); ) {
            var end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            add(values, encoded.substring(start, end));
            start = end + 1;
        }
        return new Form(values);
    }

    private static void add(Map<String, String> values, String pair) {
        if (pair.isEmpty()) {
            return;
        }
        var equals = pair.indexOf('=');
        var name = decode(equals < 0 ? pair : pair.substring(0, equals));
        var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (values.put(name, value) != null && !name.endsWith("[]")) {
            throw new IllegalArgumentException("parameter " + name + " is given twice");
        }
    }

    private static String decode(String text) {
        return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The value, which may be empty; none if the parameter was not sent. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What was sent as {@code name[key]=value}, by key. */
    public Map<String, String> nested(String name) {
        var found = new TreeMap<String, String>();
        values.forEach((parameter, value) -> {
            if (parameter.startsWith(name + "[") && parameter.endsWith("]")) {
                found.put(parameter.substring(name.length() + 1, parameter.length() - 1), value);
            }
        });
        return found;
    }
}
