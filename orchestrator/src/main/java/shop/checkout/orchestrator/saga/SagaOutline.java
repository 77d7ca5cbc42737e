package shop.checkout.orchestrator.saga;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A definition as text: all that sagas in flight, stored rows and other services rely on. */
final class SagaOutline {

    private SagaOutline() {}

    static String of(SagaDefinition<?> definition) {
        var lines = Stream.<String>builder();
        lines.add("saga " + definition);
        lines.add("  knows " + components(definition.dataType()));
        definition.deadline().ifPresent(it -> lines.add("  within " + it));
        for (var stage : definition.stages()) {
            lines.add("stage");
            stage.steps().forEach(step -> describe(step).forEach(lines));
        }
        return lines.build().collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> describe(Step<?, ?> step) {
        var head = Stream.of(
                "  " + step.name() + " (" + step.kind().name().toLowerCase(Locale.ROOT) + ")",
                "    asks " + describe(step.request()),
                "      " + describe(step.retry()));
        var undo = step.undo().stream()
                .flatMap(request ->
                        Stream.of("    undone by " + describe(request), "      " + describe(step.undoRetry())));
        return Stream.concat(head, undo).toList();
    }

    private static String describe(Request<?, ?> request) {
        var replies = request.replies().stream().map(SagaOutline::wireName).collect(Collectors.joining(" | "));
        return wireName(request.type()) + " -> " + replies;
    }

    private static String describe(RetryPolicy policy) {
        return "deadline " + policy.deadline() + ", pause " + policy.pause() + " to " + policy.cap() + ", budget "
                + policy.budget();
    }

    private static String components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName() + ": " + simple(component.getGenericType()))
                .collect(Collectors.joining(", "));
    }

    /** Packages may change without breaking a promise. */
    private static String simple(Type type) {
        return type.getTypeName().replaceAll("[a-z0-9_.]+\\.", "");
    }

    private static String wireName(Class<?> type) {
        return Request.wireName(type).orElse(type.getSimpleName());
    }
}
