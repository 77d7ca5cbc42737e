package shop.checkout.orchestrator.engine;

import java.util.List;
import shop.checkout.codec.Codec;
import shop.checkout.orchestrator.saga.StepState;

/** How a saga's steps are stored. */
public final class StoredSteps {

    private StoredSteps() {}

    static String write(List<StepState> steps, Codec codec) {
        return codec.write(steps);
    }

    /** Rows written before it was noted what was heard are read as if nothing had been. */
    public static List<StepState> read(String steps, Codec codec) {
        var complete =
                steps.contains("\"heard\":") ? steps : steps.replace("\"awaited\":", "\"heard\":false,\"awaited\":");
        return List.of(codec.read(StepState[].class, complete));
    }
}
