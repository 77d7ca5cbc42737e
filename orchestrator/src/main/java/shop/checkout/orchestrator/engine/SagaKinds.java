package shop.checkout.orchestrator.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import shop.checkout.codec.Codec;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** The definitions that this build knows, by name and version. */
final class SagaKinds {

    private final Map<Name, SagaKind<?>> kinds = new HashMap<>();

    record Name(String definition, int version) {
        @Override
        public String toString() {
            return definition + " v" + version;
        }
    }

    /** @throws IllegalArgumentException when two have the same name and version, or one uses an unknown message type */
    SagaKinds(List<SagaDefinition<?>> definitions, Codec codec) {
        for (var definition : definitions) {
            var name = new Name(definition.name(), definition.version());
            if (kinds.putIfAbsent(name, SagaKind.of(definition, codec)) != null) {
                throw new IllegalArgumentException("saga " + name + " is defined twice: give one a new version");
            }
        }
    }

    /** @throws IllegalStateException when this build does not know it */
    SagaKind<?> named(String definition, int version) {
        var name = new Name(definition, version);
        var kind = kinds.get(name);
        if (kind == null) {
            throw new IllegalStateException("this build does not know saga " + name + ", only " + kinds.keySet());
        }
        return kind;
    }

    /**
     * Finds out whether this build could finish all open sagas.
     *
     * @param open how many sagas of each definition are open
     * @throws IllegalStateException when it could not, with their number
     */
    void requireAll(Map<Name, Long> open) {
        var stranded = open.entrySet().stream()
                .filter(it -> !kinds.containsKey(it.getKey()))
                .map(it -> it.getValue() + " of " + it.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!stranded.isEmpty()) {
            throw new IllegalStateException(
                    "open sagas would be stranded: " + stranded
                            + ". This build does not know their definition: start a build that has it, or put it back beside the new one.");
        }
    }
}
