package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what cannot work in a saga's definition, in sentences that name saga, step and remedy. */
final class SagaLinter<S> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern WIRE_NAME = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*\\.v[1-9][0-9]*");

    private final String saga;
    private final int version;
    private final Class<S> dataType;
    private final List<Stage<S>> stages;
    private final Optional<Duration> deadline;
    private final List<String> faults = new ArrayList<>();

    SagaLinter(String saga, int version, Class<S> dataType, List<Stage<S>> stages, Optional<Duration> deadline) {
        this.saga = saga;
        this.version = version;
        this.dataType = dataType;
        this.stages = stages;
        this.deadline = deadline;
    }

    List<String> faults() {
        checkNames();
        checkOrder();
        checkDeadline();
        stages.stream().map(Stage::steps).flatMap(Collection::stream).forEach(this::checkStep);
        return List.copyOf(faults);
    }

    static Stream<Class<?>> messageTypes(Step<?, ?> step) {
        return Stream.concat(types(step.request()), step.undo().stream().flatMap(SagaLinter::types));
    }

    private static Stream<Class<?>> types(Request<?, ?> request) {
        return Stream.concat(Stream.of(request.type()), request.replies().stream());
    }

    private void checkNames() {
        if (!NAME.matcher(saga).matches()) {
            fault("its name must be lower-case words joined by '-', because it is stored and part of topic names");
        }
        if (version < 1) {
            fault("its version must be 1 or more");
        }
        if (!dataType.isRecord()) {
            fault("its data type " + dataType.getName() + " must be a record, so that it can be stored as it is");
        }
        if (stages.isEmpty()) {
            fault("it has no steps: add one");
        }
        var seen = new HashSet<String>();
        steps().filter(step -> !seen.add(step.name()))
                .forEach(step ->
                        fault(step, "there is another step of this name: rename one, replies could be mixed up"));
    }

    private void checkOrder() {
        Optional<Step<S, ?>> pivot = Optional.empty();
        for (var stage : stages) {
            for (var step : stage.steps()) {
                checkPlace(step, stage, pivot);
            }
            pivot = pivot.or(() -> stage.steps().stream()
                    .filter(step -> step.kind() == StepKind.PIVOT)
                    .findFirst());
        }
    }

    private void checkPlace(Step<S, ?> step, Stage<S> stage, Optional<Step<S, ?>> pivot) {
        switch (step.kind()) {
            case COMPENSATABLE ->
                pivot.ifPresent(it -> fault(
                        step,
                        "it can be undone but comes after the pivot " + it.name()
                                + ": move it before the pivot, or make it retriable"));
            case PIVOT -> {
                pivot.ifPresent(it -> fault(
                        step, "there is another pivot, " + it.name() + ": keep one, and make the other retriable"));
                if (stage.steps().size() > 1) {
                    fault(step, "a pivot shares no stage: put it into a stage of its own");
                }
            }
            case RETRIABLE -> {
                if (pivot.isEmpty()) {
                    fault(step, "it is retriable but no pivot comes before it: give it an undo, or a pivot before it");
                }
            }
        }
    }

    /** A step that is given up only after the whole saga is would never be retried as it says. */
    private void checkDeadline() {
        deadline.ifPresent(whole -> steps().filter(step -> step.kind() == StepKind.COMPENSATABLE)
                .filter(step -> step.retry().budget().compareTo(whole) > 0)
                .forEach(step -> fault(
                        step,
                        "its budget of " + step.retry().budget().toSeconds()
                                + " s is longer than the saga's deadline of " + whole.toSeconds()
                                + " s: make the deadline longer, or the budget shorter")));
    }

    private void checkStep(Step<S, ?> step) {
        if (!NAME.matcher(step.name()).matches()) {
            fault(step, "its name must be lower-case words joined by '-', because it is part of message keys");
        }
        checkPolicy(step, "retry", step.retry());
        checkPolicy(step, "undoRetry", step.undoRetry());
        messageTypes(step)
                .filter(type -> Request.wireName(type)
                        .filter(name -> WIRE_NAME.matcher(name).matches())
                        .isEmpty())
                .forEach(type ->
                        fault(step, type.getSimpleName() + " needs a @WireName like payment.charge.v1: add one"));
    }

    private void checkPolicy(Step<S, ?> step, String which, RetryPolicy policy) {
        if (!isPositive(policy.deadline())) {
            fault(step, which + " has no deadline: give it one, or nobody ever notices a lost reply");
        } else if (policy.budget().compareTo(policy.deadline()) < 0) {
            fault(step, which + " has a budget shorter than its deadline: make it longer");
        }
        if (!isPositive(policy.pause()) || policy.cap().compareTo(policy.pause()) < 0) {
            fault(step, which + " needs a pause above zero and a cap that is not below it");
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private Stream<Step<S, ?>> steps() {
        return stages.stream().flatMap(stage -> stage.steps().stream());
    }

    private void fault(Step<S, ?> step, String text) {
        faults.add("saga " + saga + " v" + version + ", step " + step.name() + ": " + text);
    }

    private void fault(String text) {
        faults.add("saga " + saga + " v" + version + ": " + text);
    }
}
