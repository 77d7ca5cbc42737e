package shop.checkout.participant;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import shop.checkout.codec.Received;

/**
 * Two workspaces that a batch may need, each for messages of its own.
 *
 * @param first there if the batch has messages for it
 * @param second likewise
 */
public record Both<A, B>(Optional<A> first, Optional<B> second) {

    A needFirst() {
        return first.orElseThrow(
                () -> new IllegalStateException("no message of the batch was for the first workspace"));
    }

    B needSecond() {
        return second.orElseThrow(
                () -> new IllegalStateException("no message of the batch was for the second workspace"));
    }

    /** Opens only what is needed, always in the same order. */
    static <A, B> Workspaces<Both<A, B>> of(CommandHandlers<A> first, CommandHandlers<B> second) {
        return new Workspaces<>() {
            @Override
            public Both<A, B> open(List<Received<?>> messages) {
                return new Both<>(
                        opened(first.workspaces(), messages, first.types()),
                        opened(second.workspaces(), messages, second.types()));
            }

            @Override
            public void save(Both<A, B> both) {
                both.first.ifPresent(first.workspaces()::save);
                both.second.ifPresent(second.workspaces()::save);
            }
        };
    }

    private static <W> Optional<W> opened(Workspaces<W> workspaces, List<Received<?>> messages, Set<Class<?>> types) {
        List<Received<?>> own = messages.stream()
                .filter(message -> types.contains(message.body().getClass()))
                .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(workspaces.open(own));
    }
}
