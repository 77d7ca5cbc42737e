package shop.checkout.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;

/** What is decided on is called, as often as needed and no longer than wanted, and answered once. */
class IntentRunnerIT {

    private static final IntentSettings SETTINGS = Replicas.settings(16, Duration.ofSeconds(60));
    private static final IntentSettings SHORT_CLAIM = Replicas.settings(1, Duration.ofSeconds(2));

    private final Replicas replicas = new Replicas();
    private final CircuitBreaker breaker = Breakers.forCounterpart("test");
    private final CountDownLatch gate = new CountDownLatch(1);
    private final MessageKey command = Replicas.commands(1).getFirst();

    @AfterEach
    void stop() {
        gate.countDown();
        replicas.close();
    }

    @Test
    void callsAndAnswersWhatWasCommitted() {
        var calls = new Calls((_, _) -> "fine");
        var commands = Replicas.commands(50);

        replicas.receive(replicas.runner(calls, breaker, SETTINGS), commands);

        soon(() -> assertThat(replicas.replies()).isEqualTo(50));
        assertThat(commands).allSatisfy(it -> assertThat(calls.made(it)).isOne());
        assertThat(replicas.open()).isEmpty();
    }

    @Test
    void neverCallsWhatWasRolledBack() {
        var calls = new Calls((_, _) -> "fine");
        var runner = replicas.runner(calls, breaker, SETTINGS);

        assertThatThrownBy(() -> replicas.inTransaction(() -> {
                    runner.record(List.of(command));
                    throw new IllegalStateException("changed its mind");
                }))
                .hasMessage("changed its mind");

        var later = Replicas.commands(1);
        replicas.receive(runner, later);
        soon(() -> assertThat(calls.settled()).containsExactlyElementsOf(later));
        assertThat(calls.made(command)).isZero();
    }

    @Test
    void repeatsACallUntilItsOutcomeIsKnown() {
        var calls = new Calls((_, attempt) -> {
            if (attempt < 4) {
                throw new OutcomeUnknown("key in use");
            }
            return "fine";
        });
        var runner = replicas.runner(calls, breaker, SETTINGS);

        replicas.receive(runner, List.of(command));

        soon(() -> {
            runner.sweep();
            assertThat(replicas.replies()).isOne();
        });
        assertThat(calls.made(command)).isEqualTo(4);
    }

    @Test
    void dropsWhatIsNoLongerWanted() {
        var calls = new Calls((_, _) -> "fine");
        calls.obsolete(command);

        replicas.receive(replicas.runner(calls, breaker, SETTINGS), List.of(command));

        soon(() -> assertThat(replicas.open()).isEmpty());
        assertThat(calls.made(command)).isZero();
    }

    @Test
    void letsEachOfSeveralKindsOfEffectsCallAndSettleItsOwn() {
        var charges = new Calls((_, _) -> "charged");
        var refunds = new Calls((_, _) -> "refunded");
        var commands = Replicas.commands(20);
        commands.subList(0, 10).forEach(refunds::obsolete);
        commands.subList(10, 20).forEach(charges::obsolete);

        replicas.receive(replicas.runner(List.of(charges, refunds), breaker, SETTINGS), commands);

        soon(() -> assertThat(replicas.replies()).isEqualTo(20));
        assertThat(charges.settled()).containsExactlyInAnyOrderElementsOf(commands.subList(0, 10));
        assertThat(refunds.settled()).containsExactlyInAnyOrderElementsOf(commands.subList(10, 20));
        assertThat(replicas.open()).isEmpty();
    }

    @Test
    void callsNoMoreThanTheBulkheadAdmits() {
        var calls = new Calls((_, _) -> {
            gate.await(50, TimeUnit.MILLISECONDS);
            return "fine";
        });

        replicas.receive(
                replicas.runner(calls, breaker, Replicas.settings(4, Duration.ofSeconds(60))), Replicas.commands(40));

        soon(() -> assertThat(replicas.replies()).isEqualTo(40));
        assertThat(calls.mostAtOnce()).isEqualTo(4);
    }

    @Test
    void leavesToTheDatabaseWhatIsTooMuchAtOnce() {
        var calls = new Calls((_, _) -> "fine");
        var runner = replicas.runner(calls, breaker, SETTINGS);

        replicas.receive(runner, Replicas.commands(SETTINGS.maxInMemory() + 1));
        assertThat(replicas.due()).isEqualTo(SETTINGS.maxInMemory() + 1);

        soon(() -> {
            runner.sweep();
            assertThat(replicas.replies()).isEqualTo(SETTINGS.maxInMemory() + 1);
        });
    }

    @Test
    void takesOverFromAReplicaThatDied() {
        var calls = new Calls((_, _) -> "fine");
        replicas.inTransaction(() -> {
            replicas.remember(command);
            new Intents(replicas.jdbc()).insert(List.of(command), SHORT_CLAIM.claim()); // and then it died
        });

        var heir = replicas.runner(calls, breaker, SHORT_CLAIM);

        soon(() -> {
            heir.sweep();
            assertThat(replicas.replies()).isOne();
        });
        assertThat(calls.made(command)).isOne();
    }

    @Test
    void letsWhatCannotBeReadCostOnlyItself() {
        var calls = new Calls((_, _) -> "fine");
        calls.unreadable(command);
        var others = Replicas.commands(3);
        replicas.inTransaction(() -> {
            replicas.remember(command);
            others.forEach(replicas::remember);
            var intents = new Intents(replicas.jdbc());
            intents.insert(List.of(command), Duration.ZERO);
            intents.insert(others, Duration.ZERO);
        });

        replicas.runner(calls, breaker, SETTINGS).sweep();

        soon(() -> assertThat(calls.settled()).containsExactlyInAnyOrderElementsOf(others));
        soon(() -> assertThat(replicas.open()).containsExactly("charge-payment 0"));
    }

    @Test
    void takesOverAtOnceWhatIsAskedForAgain() {
        var calls = new Calls((_, _) -> "fine");
        replicas.inTransaction(() -> {
            replicas.remember(command);
            new Intents(replicas.jdbc()).insert(List.of(command), SETTINGS.claim()); // and then it died
        });
        var heir = replicas.runner(calls, breaker, SETTINGS);
        heir.sweep();
        assertThat(replicas.due()).isZero();

        replicas.inTransaction(() -> heir.wake(List.of(command)));

        soon(() -> {
            heir.sweep();
            assertThat(replicas.replies()).isOne();
        });
        assertThat(calls.made(command)).isOne();
    }

    @Test
    void doesNotRepeatACallUnderWayWhenItIsAskedForAgain() {
        var calls = new Calls((_, _) -> {
            gate.await(30, TimeUnit.SECONDS);
            return "fine";
        });
        var runner = replicas.runner(calls, breaker, SETTINGS);
        replicas.receive(runner, List.of(command));
        soon(() -> assertThat(calls.made(command)).isOne());

        replicas.inTransaction(() -> runner.wake(List.of(command)));
        runner.sweep();
        gate.countDown();

        soon(() -> assertThat(replicas.replies()).isOne());
        assertThat(calls.made(command)).isOne();
    }

    @Test
    void givesACallToOneOfManyReplicas() {
        var calls = new Calls((_, _) -> "fine");
        var commands = Replicas.commands(60);
        replicas.inTransaction(() -> commands.forEach(replicas::remember));
        replicas.inTransaction(() -> new Intents(replicas.jdbc()).insert(commands, Duration.ZERO));
        var first = replicas.runner(calls, breaker, SETTINGS);
        var second = replicas.runner(calls, breaker, SETTINGS);

        List.of(first, second).parallelStream().forEach(IntentRunner::sweep);

        soon(() ->
                assertThat(commands).allSatisfy(it -> assertThat(calls.made(it)).isOne()));
    }

    @Test
    void startsNoCallWhoseClaimIsAboutToRunOut() {
        var calls = new Calls((_, _) -> {
            gate.await(1_500, TimeUnit.MILLISECONDS); // half a claim is one second
            return "fine";
        });
        var commands = Replicas.commands(2);
        var runner = replicas.runner(calls, breaker, SHORT_CLAIM);

        replicas.receive(runner, commands);

        soon(() -> assertThat(replicas.replies()).isOne());
        assertThat(calls.settled()).hasSize(1);
        soon(() -> assertThat(replicas.held("bulkhead")).isOne());
        soon(() -> {
            runner.sweep();
            assertThat(commands).allSatisfy(it -> assertThat(calls.made(it)).isOne());
        });
        soon(() -> assertThat(replicas.replies()).isEqualTo(2));
        assertThat(commands).allSatisfy(it -> assertThat(calls.made(it)).isOne());
    }

    @Test
    void countsNoAttemptWhileTheBreakerHoldsACallBack() {
        var calls = new Calls((_, _) -> "fine");
        breaker.transitionToOpenState();
        var runner = replicas.runner(calls, breaker, SETTINGS);
        replicas.receive(runner, List.of(command));

        runner.sweep();

        soon(() -> assertThat(replicas.troubles()).singleElement().asString().contains("CallNotPermitted"));
        assertThat(calls.made(command)).isZero();
        assertThat(replicas.open()).containsExactly("charge-payment 0");
        assertThat(replicas.held("breaker")).isPositive();
        breaker.transitionToClosedState();
        soon(() -> {
            runner.sweep();
            assertThat(replicas.replies()).isOne();
        });
    }

    @Test
    void opensTheBreakerOnlyForACounterpartInTrouble() {
        var unknown = Replicas.commands(60);
        var calls = new Calls((key, attempt) -> {
            if (attempt == 1) {
                throw unknown.contains(key) ? new OutcomeUnknown("key in use") : new CounterpartInTrouble("500", null);
            }
            return "fine";
        });
        var runner = replicas.runner(calls, breaker, SETTINGS);

        replicas.receive(runner, unknown);
        soon(() ->
                assertThat(unknown).allSatisfy(it -> assertThat(calls.made(it)).isPositive()));
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);

        replicas.receive(runner, Replicas.commands(60));
        soon(() -> assertThat(breaker.getState()).isNotEqualTo(CircuitBreaker.State.CLOSED));
    }

    @Test
    void callsWhatFollowsFromAnOutcome() {
        var calls = new Calls((_, _) -> "fine");
        calls.leadsTo(command, command.undo());
        var runner = replicas.runner(calls, breaker, SETTINGS);
        replicas.inTransaction(() -> replicas.remember(command.undo()));

        replicas.receive(runner, List.of(command));

        soon(() -> assertThat(calls.settled()).containsExactly(command, command.undo()));
        soon(() -> assertThat(replicas.open()).isEmpty());
    }

    @Test
    void settlesTheOthersWhenOneOutcomeCannotBeWritten() {
        var calls = new Calls((_, _) -> "fine");
        var commands = Replicas.commands(20);
        calls.unwritable(commands.getFirst());
        var runner = replicas.runner(calls, breaker, Replicas.settings(16, Duration.ofSeconds(2)));

        replicas.receive(runner, commands);

        soon(() -> assertThat(replicas.replies()).isEqualTo(19));
        calls.writable(commands.getFirst());
        soon(() -> {
            runner.sweep();
            assertThat(replicas.replies()).isEqualTo(20);
        });
        assertThat(calls.made(commands.getFirst())).isGreaterThan(1);
    }

    @Test
    void handsBackWhatItHasNotStartedWhenItCloses() {
        var calls = new Calls((_, _) -> {
            gate.await();
            return "fine";
        });
        var runner = replicas.runner(calls, breaker, Replicas.settings(1, Duration.ofSeconds(60)));
        replicas.receive(runner, Replicas.commands(10));
        soon(() -> assertThat(calls.mostAtOnce()).isOne());

        var closing = Thread.startVirtualThread(runner::close);
        soon(() -> assertThat(closing.getState()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING));
        gate.countDown();

        soon(() -> assertThat(closing.isAlive()).isFalse());
        assertThat(replicas.replies()).isOne();
        assertThat(replicas.due()).isEqualTo(9);
    }

    @Test
    void showsHowManyAreOpenHowManyNobodyIsAtAndForHowLong() {
        var calls = new Calls((_, _) -> {
            gate.await();
            return "fine";
        });
        var runner = replicas.runner(calls, breaker, Replicas.settings(2, Duration.ofSeconds(60)));
        assertThat(replicas.shown("checkout.intents.open")).isNaN();
        replicas.receive(runner, Replicas.commands(5));
        soon(() -> assertThat(calls.mostAtOnce()).isEqualTo(2));
        replicas.inTransaction(() -> new Intents(replicas.jdbc()).insert(List.of(command), Duration.ofSeconds(-30)));
        replicas.inTransaction(() ->
                replicas.jdbc().update("update intent set created_at = now() - interval '40 s' where due_at < now()"));

        runner.count();

        assertThat(replicas.shown("checkout.intents.open")).isEqualTo(6);
        assertThat(replicas.shown("checkout.intents.due")).isOne();
        assertThat(replicas.shown("checkout.intents.due.oldest")).isBetween(30.0, 39.0);
        assertThat(replicas.shown("checkout.intents.open.oldest")).isBetween(40.0, 49.0);
    }

    @Test
    void showsNoNumberThatItDoesNotKnowAnyMore() {
        var runner = replicas.runner(new Calls((_, _) -> "fine"), breaker, SETTINGS);
        runner.count();
        assertThat(replicas.shown("checkout.intents.due.oldest")).isZero();
        assertThat(replicas.shown("checkout.intents.open.oldest")).isZero();
        replicas.inTransaction(() -> replicas.jdbc().execute("alter table intent rename to gone"));

        assertThatThrownBy(runner::count).hasMessageContaining("intent");

        assertThat(replicas.shown("checkout.intents.open")).isNaN();
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }
}
