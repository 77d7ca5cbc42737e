package shop.checkout.orchestrator.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shop.checkout.message.MessageKey;
import shop.checkout.orchestrator.saga.Operation;
import shop.checkout.orchestrator.saga.Saga;

/** The sagas as they are stored. */
final class SagaRows<S> {

    /** @param seenFrom when other sessions see it for the first time */
    record Row<S>(Saga<S> saga, long seenFrom, long wakeAt) {
        private static <S> Row<S> of(Saga<S> saga, long seenFrom) {
            var at = saga.wakeAt();
            return new Row<>(saga, seenFrom, at.isPresent() ? at.get().toEpochMilli() : Sweep.NEVER);
        }
    }

    private final SagaUnderTest<S> kind;
    private final Table<Integer, Row<S>> rows = new Table<>();

    SagaRows(SagaUnderTest<S> kind) {
        this.kind = kind;
    }

    Table<Integer, Row<S>> table() {
        return rows;
    }

    @Nullable
    Row<S> find(Transaction transaction, int saga) {
        return transaction.get(rows, saga);
    }

    void write(Transaction transaction, int saga, Saga<S> moved, long seenFrom) {
        transaction.put(rows, saga, Row.of(moved, seenFrom));
    }

    boolean contains(int saga) {
        return rows.committed(saga) != null;
    }

    /** What a person could do about it. */
    List<Operation> possible(int saga, Instant now) {
        return committed(saga).map(it -> kind.machine().possible(it, now)).orElse(List.of());
    }

    /** The command of a step in its current attempt. */
    Optional<MessageKey> command(int saga, String step) {
        return committed(saga)
                .map(it -> MessageKey.ofStep(it.id(), step, it.step(step).attempt()));
    }

    /** Those that wait for a participant that did not answer. */
    Stream<Integer> heldBy(String participant) {
        return rows.keys().stream()
                .filter(saga -> committed(saga)
                        .flatMap(it -> kind.definition().heldBy(it))
                        .filter(participant::equals)
                        .isPresent());
    }

    private Optional<Saga<S>> committed(int saga) {
        return Optional.ofNullable(rows.committed(saga)).map(Row::saga);
    }
}
