package shop.checkout.sandbox.call;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;

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

    private final Map<String, Fact> answers = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    synchronized Finding claim(Claim claim) {
        var fact = answers.get(claim.key());
        if (fact != null) {
            return sameCall(claim, fact) ? new Finding.Answered(fact) : new Finding.OfAnotherCall();
        }
        return running.add(claim.key()) ? new Finding.Unused() : new Finding.InUse();
    }

    synchronized void release(Claim claim) {
        running.remove(claim.key());
    }

    /** Remembers what the key of this fact, if it has one, was answered with. */
    synchronized void answered(Fact fact) {
        var claim = fact.claim();
        if (claim != null) {
            answers.put(claim.key(), fact);
        }
    }

    private static boolean sameCall(Claim claim, Fact fact) {
        var first = fact.claim();
        return first != null && first.fingerprint() == claim.fingerprint();
    }
}
