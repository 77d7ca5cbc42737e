package shop.checkout.sandbox.call;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.FactIndex;
import shop.checkout.sandbox.fact.FactLog;

/** The idempotency keys one provider has seen; safe to use from many threads. Keys are never forgotten. */
final class Keys {

    /** What a key means for the call that brings it. */
    sealed interface Finding {

        /** Nobody has used it; it is now in use until it is released. */
        record Unused() implements Finding {}

        /** It was used for the same call, which was answered with this. */
        record Answered(Fact fact) implements Finding {}

        /** The same call, or another one, is running with it. */
        record InUse() implements Finding {}

        /** It was used for another call. */
        record OfAnotherCall() implements Finding {}
    }

    private final FactIndex<Fact> answers;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    Keys(FactLog log) {
        this.answers = new FactIndex<>(
                log, Fact.class, fact -> Optional.ofNullable(fact.claim()).map(Claim::key));
    }

    Finding claim(Claim claim) {
        return answered(claim).orElseGet(() -> use(claim));
    }

    void release(Claim claim) {
        running.remove(claim.key());
    }

    /** Remembers what the key of this fact, if it has one, is answered with. */
    void remember(Fact fact, long position) {
        answers.add(fact, position);
    }

    private Finding use(Claim claim) {
        if (!running.add(claim.key())) {
            return new Finding.InUse();
        }
        // the first call may have ended between our look at the answers and now
        var answered = answered(claim);
        answered.ifPresent(_ -> release(claim));
        return answered.orElseGet(Finding.Unused::new);
    }

    private Optional<Finding> answered(Claim claim) {
        return answers.named(claim.key())
                .findFirst()
                .map(fact -> claim.equals(fact.claim()) ? new Finding.Answered(fact) : new Finding.OfAnotherCall());
    }
}
