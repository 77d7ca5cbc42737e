package shop.checkout.orchestrator.saga;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import shop.checkout.message.Command;
import shop.checkout.message.Compensation;
import shop.checkout.message.Undone;

/**
 * One thing that a saga asks a participant to do, what each answer means, and how it is undone. Immutable.
 *
 * <p>Its functions must be pure: the same data gives the same command, and the same reply the same decision.
 *
 * @param <S> the saga's data
 * @param <R> what the participant may answer
 */
public final class Step<S, R> implements Stage<S> {

    private final String name;
    private final StepKind kind;
    private final Request<S, R> request;
    private final BiFunction<S, R, Decision<S>> meaning;
    private final Optional<Request<S, Undone>> undo;
    private final RetryPolicy retry;
    private final RetryPolicy undoRetry;

    private Step(
            Answered<S, R> answered,
            StepKind kind,
            Optional<Request<S, Undone>> undo,
            RetryPolicy retry,
            RetryPolicy undoRetry) {
        this.name = answered.name;
        this.request = answered.request;
        this.meaning = answered.meaning;
        this.kind = kind;
        this.undo = undo;
        this.retry = retry;
        this.undoRetry = undoRetry;
    }

    /**
     * Begins a step.
     *
     * @param name stored with each saga and part of its message keys: never changed once released
     */
    public static <S> Named<S> step(String name, Class<S> dataType) {
        return new Named<>(name);
    }

    /** The same step with another deadline for a reply (default 5 s). */
    public Step<S, R> deadline(Duration deadline) {
        return retry(retry.withDeadline(deadline));
    }

    /** The same step, asked by another policy (default {@link RetryPolicy#FORWARD}). */
    public Step<S, R> retry(RetryPolicy policy) {
        return new Step<>(new Answered<>(name, request, meaning), kind, undo, policy, undoRetry);
    }

    /** The same step, undone by another policy (default {@link RetryPolicy#UNDO}). */
    public Step<S, R> undoRetry(RetryPolicy policy) {
        return new Step<>(new Answered<>(name, request, meaning), kind, undo, retry, policy);
    }

    public String name() {
        return name;
    }

    public StepKind kind() {
        return kind;
    }

    @Override
    public List<Step<S, ?>> steps() {
        return List.of(this);
    }

    /** Who is asked: the first word of its command's wire name, {@code payment} of {@code payment.charge.v1}. */
    public String participant() {
        return request.participant();
    }

    Request<S, R> request() {
        return request;
    }

    Optional<Request<S, Undone>> undo() {
        return undo;
    }

    RetryPolicy retry() {
        return retry;
    }

    RetryPolicy undoRetry() {
        return undoRetry;
    }

    /** What a reply means, which must be {@linkplain Request#isAnsweredBy one of this step's}. */
    @SuppressWarnings("unchecked") // the request knows its replies
    Decision<S> decide(S data, Object reply) {
        return meaning.apply(data, (R) reply);
    }

    /** A step that has a name so far. */
    public static final class Named<S> {
        private final String name;

        private Named(String name) {
            this.name = name;
        }

        /** What the step asks for, made from the saga's data alone. */
        public <R, C extends Command<R>> Asked<S, R> send(Class<C> type, Function<S, C> command) {
            return new Asked<>(name, new Request<>(type, command));
        }
    }

    /** A step that knows what to ask. */
    public static final class Asked<S, R> {
        private final String name;
        private final Request<S, R> request;

        private Asked(String name, Request<S, R> request) {
            this.name = name;
            this.request = request;
        }

        /** What each reply means. */
        public Answered<S, R> onReply(BiFunction<S, R, Decision<S>> meaning) {
            return new Answered<>(name, request, meaning);
        }

        /** A step after the pivot: whatever the reply, the saga goes on, so there is no refusal to decide about. */
        public Step<S, R> retriable(BiFunction<S, R, S> onReply) {
            var answered =
                    new Answered<>(name, request, (S data, R reply) -> Decision.proceed(onReply.apply(data, reply)));
            return new Step<>(answered, StepKind.RETRIABLE, Optional.empty(), RetryPolicy.FORWARD, RetryPolicy.UNDO);
        }
    }

    /** A step that knows what the replies mean. */
    public static final class Answered<S, R> {
        private final String name;
        private final Request<S, R> request;
        private final BiFunction<S, R, Decision<S>> meaning;

        private Answered(String name, Request<S, R> request, BiFunction<S, R, Decision<S>> meaning) {
            this.name = name;
            this.request = request;
            this.meaning = meaning;
        }

        /** A step that can be undone, whether or not its outcome is known. */
        public <C extends Compensation> Step<S, R> undo(Class<C> type, Function<S, C> compensation) {
            var undo = new Request<S, Undone>(type, compensation);
            return new Step<>(this, StepKind.COMPENSATABLE, Optional.of(undo), RetryPolicy.FORWARD, RetryPolicy.UNDO);
        }

        /** The step after which there is no way back. */
        public Step<S, R> pivot() {
            return new Step<>(this, StepKind.PIVOT, Optional.empty(), RetryPolicy.FORWARD, RetryPolicy.UNDO);
        }
    }
}
