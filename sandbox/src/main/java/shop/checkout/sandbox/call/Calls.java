package shop.checkout.sandbox.call;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.FactLog;
import shop.checkout.sandbox.http.Answer;

/**
 * Acts at most once per idempotency key and fails as the call asks for, after Stripe's rules: the first outcome of a
 * key, good or bad, is its answer for ever; the same key with other parameters is refused; a key whose call is still
 * running is in use. A request that is rejected before anything was done for it leaves its key unused.
 *
 * @see <a href="https://docs.stripe.com/api/idempotent_requests">Stripe: idempotent requests</a>
 */
public final class Calls {

    private final Words words;
    private final FactLog log;
    private final Keys keys;
    // in memory only: after a restart a first try is a first try again
    private final Set<String> stumbled = ConcurrentHashMap.newKeySet();

    public Calls(Words words, FactLog log) {
        this.words = words;
        this.log = log;
        this.keys = new Keys(log);
    }

    /** Remembers a fact that was recorded, in this run or an earlier one, as the answer to its key. */
    public void remember(Fact fact, long position) {
        keys.remember(fact, position);
    }

    /** Makes a call, or tells again how it ended the first time. */
    public Answer run(Call call) {
        var claim = call.claim();
        if (claim.isEmpty()) {
            return perform(call);
        }
        return switch (keys.claim(claim.get())) {
            case Keys.Finding.Unused _ -> {
                try {
                    yield perform(call);
                } finally {
                    keys.release(claim.get());
                }
            }
            case Keys.Finding.Answered(var fact) -> words.tell(fact).asReplay();
            case Keys.Finding.InUse _ -> words.keyInUse(claim.get().key());
            case Keys.Finding.OfAnotherCall _ ->
                words.keyOfAnotherCall(claim.get().key());
        };
    }

    private Answer perform(Call call) {
        return switch (call.fault()) {
            case Fault.None _ -> act(call, false);
            case Fault.ErrorOnce(var status) -> firstTry(call) ? words.failure(status) : act(call, false);
            case Fault.ErrorStored _ ->
                conclude(words.storedFailure(call.claim().orElse(null)));
            case Fault.ErrorAfterSuccess _ -> act(call, true);
            case Fault.Slow(var time) -> {
                pause(time);
                yield act(call, false);
            }
            case Fault.LateAnswer(var late) -> act(call, false).after(late);
        };
    }

    private Answer act(Call call, boolean answeredWithError) {
        return conclude(call.act().perform(call.claim().orElse(null), answeredWithError));
    }

    private Answer conclude(Fact fact) {
        if (fact instanceof Fact.Refusal && fact.claim() != null) {
            log.record(fact);
        }
        return words.tell(fact);
    }

    private boolean firstTry(Call call) {
        return stumbled.add(call.claim().map(claim -> "key " + claim.key()).orElse("order " + call.about()));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped in the middle of a slow call", e);
        }
    }
}
