package shop.checkout.orchestrator.saga;

import java.util.Set;

/** What moves sagas: {@link SagaMachine#on}, or something that does it wrong on purpose. */
@FunctionalInterface
public interface Mover<S> {

    /** What the news leads to while these participants are known not to answer. */
    Move<S> on(Saga<S> saga, News news, Set<String> silent);

    static <S> Mover<S> of(SagaDefinition<S> definition) {
        return new SagaMachine<>(definition)::on;
    }
}
