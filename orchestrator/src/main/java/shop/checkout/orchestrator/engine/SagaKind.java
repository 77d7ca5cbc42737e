package shop.checkout.orchestrator.engine;

import shop.checkout.codec.Codec;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.saga.Saga;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.orchestrator.saga.SagaMachine;

/** A definition that this build knows, with what it takes to run and to store its sagas. */
record SagaKind<S>(SagaDefinition<S> definition, SagaMachine<S> machine, Codec codec) {

    static <S> SagaKind<S> of(SagaDefinition<S> definition, Codec codec) {
        definition.messageTypes().forEach(codec::wireName);
        return new SagaKind<>(definition, new SagaMachine<>(definition), codec);
    }

    /** A saga that is not stored yet. */
    SagaRun<S> born(SagaId id, Object data, SagaRun.Stored stored) {
        return new SagaRun<>(this, definition.born(id, definition.dataType().cast(data)), stored);
    }

    /** A saga that was stored. */
    SagaRun<S> loaded(SagaId id, String steps, SagaRun.Stored stored) {
        var saga = new Saga<>(
                id,
                codec.read(definition.dataType(), stored.data()),
                StoredSteps.read(steps, codec),
                stored.rejection(),
                stored.deadline(),
                stored.revision());
        return new SagaRun<>(this, saga, stored);
    }
}
