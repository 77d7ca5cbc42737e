package shop.checkout.orchestrator.saga;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import shop.checkout.message.MessageKey;
import shop.checkout.message.Superseded;

/** Machines with one thing wrong, made from the right one. What is told to find faults must find each of these. */
public enum MachineMutant {
    /** An unanswered step counts as one that did nothing. */
    UNANSWERED_NOT_UNDONE {
        @Override
        public <S> Mover<S> of(SagaDefinition<S> definition) {
            var machine = Mover.of(definition);
            return (saga, news, silent) -> {
                var move = machine.on(saga, news, silent);
                return unanswered(saga, move)
                        .filter(_ -> !(news instanceof News.Replied))
                        .map(key -> machine.on(saga, new News.Replied(news.now(), key, new Superseded()), silent))
                        .orElse(move);
            };
        }
    },
    /** The next reply must be the one that it waits for. */
    ANY_REPLY_TAKEN_FOR_AWAITED {
        @Override
        public <S> Mover<S> of(SagaDefinition<S> definition) {
            var machine = Mover.of(definition);
            return (saga, news, silent) -> machine.on(saga, takeForAwaited(saga, news), silent);
        }
    },
    /** For definitions without a pivot. */
    UNDONE_FIRST_STEP_FIRST {
        @Override
        public <S> Mover<S> of(SagaDefinition<S> definition) {
            var forward = Mover.of(definition);
            var backward = Mover.of(turnedRound(definition));
            return (saga, news, silent) -> {
                var move = forward.on(saga, news, silent);
                return move.saga().rejection().isPresent() ? backward.on(saga, news, silent) : move;
            };
        }
    },
    /** What was asked twice is left alone afterwards. */
    RETRY_LOST {
        @Override
        public <S> Mover<S> of(SagaDefinition<S> definition) {
            var machine = Mover.of(definition);
            return (saga, news, silent) -> news instanceof News.TimeCame
                    ? wakeless(machine.on(saga, news, silent))
                    : machine.on(saga, news, silent);
        }
    },
    /** Once a person has been called, nobody listens any more. */
    DEAF_WHEN_OVERDUE {
        @Override
        public <S> Mover<S> of(SagaDefinition<S> definition) {
            var machine = Mover.of(definition);
            return (saga, news, silent) -> saga.status() == SagaStatus.NEEDS_ATTENTION && news instanceof News.Replied
                    ? unmoved(saga)
                    : machine.on(saga, news, silent);
        }
    },
    /** A success that comes when all is undone is taken for one. */
    FINAL_STATE_LEFT {
        @Override
        public <S> Mover<S> of(SagaDefinition<S> definition) {
            var machine = Mover.of(definition);
            return (saga, news, silent) -> saga.status() == SagaStatus.REJECTED && news instanceof News.Replied
                    ? resurrected(machine.on(saga, news, silent))
                    : machine.on(saga, news, silent);
        }
    };

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    public abstract <S> Mover<S> of(SagaDefinition<S> definition);

    /** The command of a step that was waited for and is now to be undone. */
    private static Optional<MessageKey> unanswered(Saga<?> before, Move<?> move) {
        return before.steps().stream()
                .filter(step -> step.phase() == Phase.RUNNING
                        && move.saga().step(step.name()).phase() == Phase.UNDOING)
                .findFirst()
                .flatMap(step -> step.awaitedKey(before.id()));
    }

    private static News takeForAwaited(Saga<?> saga, News news) {
        return news instanceof News.Replied(var now, var command, var reply) && !(reply instanceof Superseded)
                ? new News.Replied(
                        now,
                        saga.steps().stream()
                                .flatMap(step -> step.awaitedKey(saga.id()).stream())
                                .findFirst()
                                .orElse(command),
                        reply)
                : news;
    }

    private static <S> SagaDefinition<S> turnedRound(SagaDefinition<S> definition) {
        return new SagaDefinition<>(
                definition.name(),
                definition.version(),
                definition.dataType(),
                definition.stages().reversed(),
                definition.announcement());
    }

    private static <S> Move<S> wakeless(Move<S> move) {
        var steps = move.saga().steps().stream()
                .map(step -> step.awaited()
                        .map(it -> step.awaiting(
                                step.phase(), new StepState.Awaited(it.sends(), it.since(), NEVER, it.overdue())))
                        .orElse(step))
                .toList();
        return new Move<>(
                with(move.saga(), steps, move.saga().rejection()),
                move.verdict(),
                move.commands(),
                move.event(),
                move.entry());
    }

    private static <S> Move<S> unmoved(Saga<S> saga) {
        return new Move<>(saga, Verdict.IGNORED, List.of(), Optional.empty(), Optional.empty());
    }

    private static <S> Move<S> resurrected(Move<S> move) {
        var steps = move.saga().steps().stream()
                .map(step -> step.settled(Phase.DONE))
                .toList();
        return new Move<>(
                with(move.saga(), steps, Optional.empty()), Verdict.APPLIED, List.of(), Optional.empty(), move.entry());
    }

    private static <S> Saga<S> with(Saga<S> saga, List<StepState> steps, Optional<Rejection> rejection) {
        return new Saga<>(saga.id(), saga.data(), steps, rejection, saga.deadline(), saga.revision());
    }
}
