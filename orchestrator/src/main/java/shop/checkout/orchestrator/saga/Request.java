package shop.checkout.orchestrator.saga;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import shop.checkout.message.Command;
import shop.checkout.message.WireName;

/**
 * A command that a step sends, and what may come back.
 *
 * @param make the command, from the saga's data alone, so that it is the same whenever it is sent again
 */
record Request<S, R>(Class<? extends Command<R>> type, Function<S, ? extends Command<R>> make) {

    Command<R> of(S data) {
        return make.apply(data);
    }

    String participant() {
        var name = wireName(type).orElseThrow();
        return name.substring(0, name.indexOf('.'));
    }

    boolean isAnsweredBy(Object reply) {
        return replyType(type).isInstance(reply);
    }

    /** The records that may come back, by wire name. */
    List<Class<?>> replies() {
        return leaves(replyType(type))
                .sorted((a, b) -> wireName(a).orElse("").compareTo(wireName(b).orElse("")))
                .toList();
    }

    static Optional<String> wireName(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(WireName.class)).map(WireName::value);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Request::leaves) : Stream.of(type);
    }

    /** The argument that a command's type gives to {@link Command}. */
    private static Class<?> replyType(Class<?> commandType) {
        return supertypes(commandType)
                .flatMap(Request::argumentOfCommand)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        commandType.getName() + " must implement Command<R> with a class or interface as R"));
    }

    private static Stream<Type> supertypes(Class<?> type) {
        return Stream.of(type.getGenericInterfaces())
                .flatMap(one -> one instanceof Class<?> raw ? supertypes(raw) : Stream.of(one));
    }

    private static Stream<Class<?>> argumentOfCommand(Type type) {
        return type instanceof ParameterizedType generic
                        && generic.getRawType() == Command.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> argument
                ? Stream.of(argument)
                : Stream.empty();
    }
}
