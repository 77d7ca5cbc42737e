package shop.checkout.intent;

import static java.util.stream.Collectors.toMap;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.message.MessageKey;

/**
 * Carries intents out: records them in the transaction that decides on them, and once that has committed makes the calls
 * side by side on virtual threads, behind a bulkhead and a circuit breaker. Outcomes go to the {@link Settlement}.
 *
 * <p>An intent is never given up here: an unknown outcome is tried again with full jitter until its command is undone. A
 * crash anywhere repeats the call, with the same idempotency key, once the claim has run out.
 */
public final class IntentRunner<T, O> implements IntentRecorder, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IntentRunner.class);

    private final Intents intents;
    private final RemoteEffect<T, O> effect;
    private final Settlement<O> settlement;
    private final TransactionTemplate transaction;
    private final CircuitBreaker breaker;
    private final IntentSettings settings;
    private final RandomGenerator random;
    private final Semaphore bulkhead;
    private final AtomicInteger inHand = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    IntentRunner(
            IntentTransactions<O> transactions,
            RemoteEffect<T, O> effect,
            CircuitBreaker breaker,
            IntentSettings settings,
            RandomGenerator random) {
        this.intents = transactions.intents();
        this.transaction = transactions.transaction();
        this.settlement = new Settlement<>(transactions, effect::settle, settings.maxInMemory());
        this.effect = effect;
        this.breaker = breaker;
        this.settings = settings;
        this.random = random;
        this.bulkhead = new Semaphore(settings.concurrentCalls());
    }

    /** Starts the thread that settles outcomes. */
    public void start() {
        settlement.start();
    }

    @Override
    public void record(List<MessageKey> commands) {
        if (commands.isEmpty()) {
            return;
        }
        boolean room = inHand.get() + commands.size() <= settings.maxInMemory();
        intents.insert(commands, room ? settings.claim() : Duration.ZERO);
        if (room) {
            var claimed = commands.stream().collect(toMap(key -> key, key -> 0));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    takeOn(claimed);
                }
            });
        }
    }

    /** Takes on what is due: calls that failed before, that found no room, or whose caller died. */
    public void sweep() {
        int room = settings.maxInMemory() - inHand.get();
        if (room > 0) {
            var claimed = transaction.execute(status -> intents.claimDue(room, settings.claim()));
            if (claimed != null && !claimed.isEmpty()) {
                takeOn(claimed);
            }
        }
    }

    /** Waits for the calls under way, whose time is limited; what is not settled then comes back when its claim runs out. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settlement.close();
    }

    private void takeOn(Map<MessageKey, Integer> claimed) {
        inHand.addAndGet(claimed.size());
        threads.execute(() -> {
            try {
                var tasks = load(claimed);
                inHand.addAndGet(tasks.size() - claimed.size());
                tasks.forEach((command, task) ->
                        threads.execute(() -> call(command, task, claimed.getOrDefault(command, 0))));
            } catch (RuntimeException e) {
                inHand.addAndGet(-claimed.size());
                log.warn("{} intents could not be loaded and come back when their claim runs out", claimed.size(), e);
            }
        });
    }

    private Map<MessageKey, T> load(Map<MessageKey, Integer> claimed) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var tasks = effect.load(claimed.keySet());
            var obsolete = new HashSet<>(claimed.keySet());
            obsolete.removeAll(tasks.keySet());
            intents.delete(obsolete);
            return tasks;
        }));
    }

    private void call(MessageKey command, T task, int attempts) {
        try {
            bulkhead.acquire();
            try {
                var outcome = breaker.executeCallable(() -> effect.call(command, task));
                settlement.add(command, outcome);
            } finally {
                bulkhead.release();
            }
        } catch (CallNotPermittedException e) {
            postpone(command, attempts, Math.max(1, attempts), e); // held, not tried: costs no attempt
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("{}: call {} has no known outcome: {}", command, attempts + 1, e.toString());
            postpone(command, attempts + 1, attempts + 1, e);
        } finally {
            inHand.decrementAndGet();
        }
    }

    private void postpone(MessageKey command, int attempts, int backoffStep, Exception failure) {
        var delay = settings.backoff().delay(backoffStep, random);
        transaction.executeWithoutResult(status -> intents.postpone(command, attempts, delay, failure.toString()));
    }
}
