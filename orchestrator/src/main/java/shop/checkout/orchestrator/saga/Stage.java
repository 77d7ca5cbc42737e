package shop.checkout.orchestrator.saga;

import java.util.List;
import java.util.stream.Stream;

/** One or several steps that run side by side. A stage begins when all steps of the one before are done. */
public sealed interface Stage<S> permits Step, Stage.Together {

    List<Step<S, ?>> steps();

    /**
     * Steps that run at the same time. None of them may build its command from what the reply to another one brings:
     * a command must be the same whenever it is sent again.
     */
    @SafeVarargs
    static <S> Stage<S> together(Step<S, ?>... steps) {
        return new Together<>(Stream.of(steps).toList());
    }

    record Together<S>(List<Step<S, ?>> steps) implements Stage<S> {
        public Together {
            steps = List.copyOf(steps);
        }
    }
}
