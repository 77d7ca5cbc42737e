package shop.checkout.orchestrator.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shop.checkout.codec.Codec;
import shop.checkout.orchestrator.saga.SagaDefinition;

/** The definitions that this build knows, by name and version. */
final class SagaKinds {

    private final Map<Name, SagaKind<?>> kinds = new HashMap<>();

    record Name(String definition, int version) {

        static Name of(SagaDefinition<?> definition) {
            return new Name(definition.name(), definition.version());
        }

        @Override
        public String toString() {
            return definition + " v" + version;
        }
    }

    /** @throws IllegalArgumentException when two have the same name and version, or one uses an unknown message type */
    SagaKinds(List<SagaDefinition<?>> definitions, Codec codec) {
        for (var definition : definitions) {
            var name = Name.of(definition);
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

    /** As {@code checkout v1}. */
    String[] names() {
        return kinds.keySet().stream().map(Name::toString).toArray(String[]::new);
    }

    List<SagaDefinition<?>> definitions() {
        return kinds.values().stream()
                .<SagaDefinition<?>>map(SagaKind::definition)
                .toList();
    }
}
