package shop.checkout.intent;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.inbox.Inbox;
import shop.checkout.outbox.Outbox;
import shop.checkout.trace.Traces;

/** Makes the runner of a service's remote effects. */
public final class RemoteEffects {

    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final Inbox inbox;
    private final Outbox outbox;
    private final RandomGenerator random;
    private final MeterRegistry meters;
    private final Traces traces;

    public RemoteEffects(
            TransactionTemplate transaction,
            JdbcTemplate jdbc,
            Inbox inbox,
            Outbox outbox,
            RandomGenerator random,
            MeterRegistry meters,
            Traces traces) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.outbox = outbox;
        this.random = random;
        this.meters = meters;
        this.traces = traces;
    }

    /** @param breaker stops calling a counterpart that keeps failing */
    public <O> IntentRunner<?, O> run(RemoteEffect<?, O> effect, CircuitBreaker breaker, IntentSettings settings) {
        return traces.isOn()
                ? runner(new TracedEffect<>(effect, breaker.getName(), traces, inbox), breaker, settings)
                : runner(effect, breaker, settings);
    }

    private <T, O> IntentRunner<T, O> runner(
            RemoteEffect<T, O> effect, CircuitBreaker breaker, IntentSettings settings) {
        var transactions = new IntentTransactions<O>(transaction, new Intents(jdbc), inbox, outbox);
        return new IntentRunner<>(transactions, effect, breaker, settings, random, meters);
    }

    /** Effects of several kinds, each with commands of its own, at one counterpart. */
    public IntentRunner<?, ?> run(List<RemoteEffect<?, ?>> effects, CircuitBreaker breaker, IntentSettings settings) {
        return run(new CombinedEffect(effects), breaker, settings);
    }
}
