package shop.checkout.intent;

import static java.util.stream.Collectors.toMap;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.jdbc.DatabaseTrouble;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.resilience.Backoff;

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
    private final Gate gate;
    private final IntentGauges gauges;
    private final IntentSettings settings;
    private final RandomGenerator random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What to call, and how often that has been tried. */
    private record Due<T>(T task, int attempts) {}

    /** What this replica has taken on, with the {@link System#nanoTime} until which its call may be started. */
    private final Map<MessageKey, Long> inHand = new ConcurrentHashMap<>();

    private volatile boolean closing;

    IntentRunner(
            IntentTransactions<O> transactions,
            RemoteEffect<T, O> effect,
            CircuitBreaker breaker,
            IntentSettings settings,
            RandomGenerator random,
            MeterRegistry meters) {
        this.intents = transactions.intents();
        this.transaction = transactions.transaction();
        this.settlement = new Settlement<>(transactions, effect, this, settings.maxInMemory());
        this.effect = effect;
        this.gate = new Gate(breaker, settings.concurrentCalls(), meters);
        this.gauges = new IntentGauges(intents, breaker.getName(), meters);
        this.settings = settings;
        this.random = random;
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
        boolean takenOn = !closing && commands.size() <= room();
        intents.insert(commands, takenOn ? settings.claim() : Duration.ZERO);
        if (takenOn) {
            var due = load(commands.stream().collect(toMap(key -> key, key -> 0, (a, b) -> a)));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    takeOn(due);
                }
            });
        }
    }

    @Override
    public void wake(List<MessageKey> commands) {
        intents.wake(commands.stream()
                .filter(command -> !inHand.containsKey(command))
                .toList());
    }

    /** Takes on what is due: calls that failed before, that found no room, or whose caller died. */
    public void sweep() {
        int room = room();
        if (room > 0 && !closing) {
            takeOn(loadClaimed(inTransaction(() -> intents.claimDue(room, settings.claim()))));
        }
    }

    /** Counts what is open, for the gauges. */
    public void count() {
        gauges.count();
    }

    /**
     * Waits for the calls under way, whose time is limited, and settles them. Those not yet started are left to other
     * replicas. Twice is harmless.
     */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        try {
            threads.awaitTermination(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settlement.close();
    }

    private int room() {
        return gate.narrowed(settings.maxInMemory() - inHand.size());
    }

    /** One that cannot be loaded costs only itself: it comes back when its claim runs out. */
    private Map<MessageKey, Due<T>> loadClaimed(Map<MessageKey, Integer> claimed) {
        try {
            return inTransaction(() -> load(claimed));
        } catch (RuntimeException e) {
            if (DatabaseTrouble.causes(e)) {
                throw e;
            }
            if (claimed.size() == 1) {
                log.error("{} cannot be loaded", claimed.keySet(), e);
                return Map.of();
            }
            var due = new LinkedHashMap<MessageKey, Due<T>>();
            claimed.forEach((command, attempts) -> due.putAll(loadClaimed(Map.of(command, attempts))));
            return due;
        }
    }

    /** What is to be called, as the current transaction leaves it; what need not be called any more is done with. */
    private Map<MessageKey, Due<T>> load(Map<MessageKey, Integer> attempts) {
        if (attempts.isEmpty()) {
            return Map.of();
        }
        var tasks = new LinkedHashMap<>(effect.known(attempts.keySet()));
        var others = without(attempts.keySet(), tasks.keySet());
        if (!others.isEmpty()) {
            intents.flush(); // what is to be loaded may have been written by this very transaction
            tasks.putAll(effect.load(others));
        }
        intents.delete(without(others, tasks.keySet()));
        var due = new LinkedHashMap<MessageKey, Due<T>>();
        tasks.forEach((command, task) -> due.put(command, new Due<>(task, attempts.getOrDefault(command, 0))));
        return due;
    }

    private static Set<MessageKey> without(Set<MessageKey> commands, Set<MessageKey> these) {
        var rest = new HashSet<>(commands);
        rest.removeAll(these);
        return rest;
    }

    /** One that is in hand already, waiting longer than its claim, goes on waiting under the new claim. */
    private void takeOn(Map<MessageKey, Due<T>> claimed) {
        long startBy = System.nanoTime() + settings.claim().toNanos() / 2;
        claimed.forEach((command, due) -> {
            if (inHand.put(command, startBy) == null) {
                takeOn(command, due);
            }
        });
    }

    private void takeOn(MessageKey command, Due<T> due) {
        try {
            threads.execute(() -> call(command, due.task(), due.attempts()));
        } catch (RejectedExecutionException e) {
            inHand.remove(command);
            line(log.atInfo(), command).log("{} came while closing and is left to others", command);
        }
    }

    private void call(MessageKey command, T task, int attempts) {
        try {
            var outcome = gate.pass(() -> mayStart(command), () -> effect.call(command, task));
            if (outcome.isPresent()) {
                inHand.remove(command); // first, because settling it may ask for the same call once more
                settlement.add(command, outcome.get());
            } else {
                leave(command, attempts);
            }
        } catch (CallNotPermittedException e) {
            postpone(command, attempts, held(), e.toString()); // not tried: costs no attempt
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            inHand.remove(command);
        } catch (Exception e) {
            line(log.atWarn(), command)
                    .log("{}: call {} has no known outcome: {}", command, attempts + 1, e.toString());
            postpone(command, attempts + 1, settings.backoff().delay(attempts + 1, random), e.toString());
        }
    }

    private void leave(MessageKey command, int attempts) {
        if (closing) {
            postpone(command, attempts, Duration.ZERO, "left to another replica");
        } else {
            gate.missed();
            inHand.remove(command); // it comes back when its claim runs out
        }
    }

    /** Not once its claim is about to run out: another replica would call at the same time, or has been told not to. */
    private boolean mayStart(MessageKey command) {
        var startBy = inHand.get(command);
        return !closing && startBy != null && System.nanoTime() - startBy < 0;
    }

    private Duration held() {
        return Backoff.fullJitter(gate.pause(), gate.pause()).delay(1, random);
    }

    private void postpone(MessageKey command, int attempts, Duration delay, String reason) {
        try {
            transaction.executeWithoutResult(status -> intents.postpone(command, attempts, delay, reason));
        } catch (RuntimeException e) {
            line(log.atWarn(), command)
                    .log("{}: cannot be postponed and comes back when its claim runs out: {}", command, e.toString());
        } finally {
            inHand.remove(command);
        }
    }

    private static LoggingEventBuilder line(LoggingEventBuilder line, MessageKey command) {
        return line.addKeyValue(SagaId.LOG_FIELD, command.sagaId());
    }

    private <V> V inTransaction(Supplier<V> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
