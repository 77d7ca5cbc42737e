package shop.checkout.sandbox.call;

import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.http.Answer;

/** How a provider puts things to its clients. */
public interface Words {

    /** The answer that tells of a fact; the same one every time. */
    Answer tell(Fact fact);

    Answer keyInUse(String key);

    Answer keyOfAnotherCall(String key);

    /** Something is wrong on the provider's side: 429 or 500. */
    Answer failure(int status);

    /** A 500 that the key will be answered with for ever. */
    Fact.Refusal storedFailure(@Nullable Claim claim);
}
