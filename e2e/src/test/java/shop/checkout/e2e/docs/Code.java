package shop.checkout.e2e.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import java.util.AbstractMap.SimpleEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What there is in the project's code, by name. */
final class Code {

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");
    private static final Pattern TABLE = Pattern.compile("(?i)create table (?:if not exists )?([a-z_]+)");
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)+|[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\n]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?[\\w.]*?\\b([A-Z]\\w*)");
    private static final Pattern MAPPING = Pattern.compile("\"(/[a-zA-Z0-9/{}*_-]+)\"");
    private static final Pattern PROPERTIES = Pattern.compile("@ConfigurationProperties\\(\"([a-z.-]+)\"\\)");
    private static final String METER_SUFFIX = "(?:_(?:total|seconds|rows|records|bytes|count|sum|max|bucket))*";

    private final Map<String, List<String>> types;
    private final Map<String, List<String>> properties;
    private final Set<String> tables;
    private final Set<String> literals;
    private final Set<String> mapped;
    private final Set<String> words;
    private final Set<String> known;
    private final String exposed;

    Code(Project project) {
        var java = project.code(path -> path.endsWith(".java")).toList();
        types = filesBy(TYPE, java);
        properties = filesBy(PROPERTIES, java);
        tables = all(TABLE, project.code(path -> path.endsWith(".sql")));
        literals = all(LITERAL, java.stream());
        mapped = new HashSet<>();
        all(MAPPING, java.stream()).forEach(path -> mapped.addAll(List.of(path.split("/"))));
        words = all(WORD, project.code(path -> true));
        known = all(IMPORT, java.stream());
        known.addAll(all(WORD, project.code(path -> path.matches("docs/.*|.*\\.yml"))));
        exposed = project.read("common/src/main/resources/checkout-defaults.yml");
    }

    private static Set<String> all(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results())
                .map(it -> it.groupCount() == 0 ? it.group() : it.group(1))
                .collect(toCollection(HashSet::new));
    }

    private static Map<String, List<String>> filesBy(Pattern pattern, List<String> texts) {
        return texts.stream()
                .flatMap(text -> pattern.matcher(text).results().map(it -> new SimpleEntry<>(it.group(1), text)))
                .collect(groupingBy(SimpleEntry::getKey, mapping(SimpleEntry::getValue, toList())));
    }

    /** One of ours, of the specifications', or one that our code uses. */
    boolean hasType(String name) {
        return types.containsKey(name) || known.contains(name) || literals.contains(name);
    }

    /** What is not ours may have any. */
    boolean hasMember(String type, String member) {
        var word = Pattern.compile("\\b" + Pattern.quote(member) + "\\b");
        return !types.containsKey(type)
                || types.get(type).stream().anyMatch(text -> word.matcher(text).find());
    }

    boolean hasTable(String name) {
        return tables.contains(name);
    }

    boolean hasWord(String name) {
        return words.contains(name) || words.contains(camelCase(name));
    }

    /** A property that may be set, by its whole name. */
    boolean hasProperty(String name) {
        return literals.contains(name)
                || properties.entrySet().stream()
                        .filter(it -> name.startsWith(it.getKey() + "."))
                        .anyMatch(it -> isProperty(name.substring(it.getKey().length() + 1), it.getValue()));
    }

    /** An environment variable that sets a property; Spring's own are Spring's affair. */
    boolean hasVariable(String name) {
        return !name.startsWith("CHECKOUT_")
                || properties.entrySet().stream()
                        .filter(it -> name.startsWith(variable(it.getKey()) + "_"))
                        .anyMatch(it -> isVariable(name.substring(it.getKey().length() + 1), it.getValue()));
    }

    private static boolean isVariable(String name, List<String> records) {
        var component = Pattern.compile("(?i)\\b" + name.replaceFirst("_.*", "") + "\\b");
        return records.stream().anyMatch(text -> component.matcher(text).find());
    }

    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private boolean isProperty(String name, List<String> records) {
        var parts = name.split("\\.");
        var first = Pattern.compile("\\b" + camelCase(parts[0]) + "\\b");
        return records.stream().anyMatch(text -> first.matcher(text).find())
                && Stream.of(parts).allMatch(part -> words.contains(camelCase(part)));
    }

    /** A meter, by its name in the code or as Prometheus writes it. */
    boolean hasMeter(String name) {
        return literals.stream()
                .filter(it -> it.matches("(?:checkout|relay)\\.[a-z.]+"))
                .map(it -> it.endsWith(".") ? it + "[a-z]+" : it) // the code appends the last word
                .anyMatch(it -> name.matches(it) || name.matches(it.replace('.', '_') + METER_SUFFIX));
    }

    /** Each word of it must be in the path of some controller, or be an endpoint that is exposed. */
    boolean hasAddress(String path) {
        return Stream.of(path.replaceFirst("[?#].*", "").split("/"))
                .filter(part -> part.matches("[a-z0-9][a-z0-9-]*"))
                .allMatch(part -> path.startsWith("/actuator")
                        ? part.equals("actuator") || exposed.matches("(?s).*\\b" + part + "\\b.*")
                        : mapped.contains(part));
    }

    private static String camelCase(String kebab) {
        return Pattern.compile("-([a-z0-9])")
                .matcher(kebab)
                .replaceAll(it -> it.group(1).toUpperCase(Locale.ROOT));
    }
}
