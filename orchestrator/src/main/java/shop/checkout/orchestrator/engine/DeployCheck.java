package shop.checkout.orchestrator.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.checkout.orchestrator.engine.SagaKinds.Name;
import shop.checkout.orchestrator.saga.SagaDefinition;

/**
 * Whether a build can take over from what runs: compares its definitions with the sagas in flight and with what their
 * definitions promised when they were started.
 */
public final class DeployCheck {

    private static final Comparator<Name> OLDEST_FIRST =
            Comparator.comparing(Name::definition).thenComparing(Name::version);

    private final Map<Name, String> outlines;
    private final Map<Name, String> promised;
    private final Map<Name, Long> open;
    private final Set<Name> ended;

    private DeployCheck(List<SagaDefinition<?>> definitions, SagaStock stock) {
        this.outlines =
                definitions.stream().collect(Collectors.toMap(Name::of, SagaDefinition::outline, (one, _) -> one));
        this.promised = stock.promised();
        this.open = stock.open();
        this.ended = promised.keySet().stream()
                .filter(it -> !open.containsKey(it) && (isUnknown(it) || isChanged(it)))
                .filter(stock::isStored)
                .collect(Collectors.toSet());
    }

    /** Of this build's definitions against a database that is in use. */
    public static DeployCheck of(List<SagaDefinition<?>> definitions, SagaStock stock) {
        return new DeployCheck(definitions, stock);
    }

    /** A line for each kind of saga, such as {@code checkout v1 -> v2: 1,204 in flight, 0 stranded}. */
    public List<String> summary() {
        return Stream.of(outlines.keySet(), open.keySet())
                .flatMap(names -> names.stream().map(Name::definition))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(this::summaryOf)
                .toList();
    }

    /** What would go wrong, in sentences that say how to mend it; empty if the build can be deployed. */
    public List<String> faults() {
        return Stream.of(strandedSagas(), endedSagas(), changedDefinitions())
                .flatMap(Optional::stream)
                .toList();
    }

    private String summaryOf(String definition) {
        var inFlight = of(definition, open.keySet());
        var known = of(definition, outlines.keySet());
        var from = inFlight.isEmpty() ? known : inFlight;
        return "%s %s -> %s: %s in flight, %s stranded"
                .formatted(
                        definition,
                        from.stream().map(DeployCheck::version).collect(Collectors.joining(", ")),
                        known.isEmpty() ? "none" : version(known.getLast()),
                        number(inFlight.stream()),
                        number(inFlight.stream().filter(this::isUnknown)));
    }

    private Optional<String> strandedSagas() {
        return sentence(
                open.keySet(),
                this::isUnknown,
                it -> number(Stream.of(it)) + " of " + it,
                "open sagas would be stranded: %s. This build does not know their definition: start a build that has it, or"
                        + " put it back beside the new one.");
    }

    /** Late replies and returns still ask for them. */
    private Optional<String> endedSagas() {
        return sentence(
                ended,
                this::isUnknown,
                Name::toString,
                "ended sagas are still stored of %s, which this build does not know: put it back beside the new one.");
    }

    private Optional<String> changedDefinitions() {
        var stored = Stream.concat(open.keySet().stream(), ended.stream()).toList();
        return sentence(
                stored,
                this::isChanged,
                it -> it + " with " + number(Stream.of(it)) + " in flight",
                "definitions are not what they were when their sagas were started: %s. Leave them as they were, and"
                        + " give the change a new version.");
    }

    private Optional<String> sentence(
            Collection<Name> of, Predicate<Name> which, Function<Name, String> each, String sentence) {
        var found = of.stream().filter(which).sorted(OLDEST_FIRST).map(each).collect(Collectors.joining(", "));
        return found.isEmpty() ? Optional.empty() : Optional.of(sentence.formatted(found));
    }

    private boolean isUnknown(Name name) {
        return !outlines.containsKey(name);
    }

    private boolean isChanged(Name name) {
        var outline = outlines.get(name);
        return outline != null && promised.containsKey(name) && !outline.equals(promised.get(name));
    }

    private String number(Stream<Name> names) {
        return String.format(
                Locale.ROOT,
                "%,d",
                names.mapToLong(it -> open.getOrDefault(it, 0L)).sum());
    }

    private static List<Name> of(String definition, Collection<Name> names) {
        return names.stream()
                .filter(it -> it.definition().equals(definition))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    private static String version(Name name) {
        return "v" + name.version();
    }
}
