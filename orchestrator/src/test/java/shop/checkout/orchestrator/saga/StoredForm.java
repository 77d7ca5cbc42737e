package shop.checkout.orchestrator.saga;

import java.util.List;
import java.util.stream.Stream;
import shop.checkout.codec.Codec;
import shop.checkout.message.Superseded;
import shop.checkout.message.Undone;

/** What a crash leaves of a saga: the texts that are stored of it. */
final class StoredForm<S> {

    private final SagaDefinition<S> definition;
    private final Codec codec;

    StoredForm(SagaDefinition<S> definition) {
        var types = Stream.concat(definition.messageTypes().stream(), Stream.of(Undone.class, Superseded.class));
        this.definition = definition;
        this.codec = new Codec(types.distinct()
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .toList());
    }

    /** The saga as it is read after it was written. */
    Saga<S> read(Saga<S> written) {
        var data = codec.read(definition.dataType(), codec.write(written.data()));
        var steps = List.of(codec.read(StepState[].class, codec.write(written.steps())));
        return new Saga<>(written.id(), data, steps, written.rejection(), written.deadline(), written.revision());
    }
}
