package shop.checkout.sandbox.call;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shop.checkout.sandbox.fact.Claim;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.http.Request;

/**
 * A request that wants something done.
 *
 * @param claim the idempotency key, if the caller sent one
 * @param about what a first try is told by when there is no key: the order
 * @param act does it and records the fact it returns, with the claim; or refuses and records nothing
 */
public record Call(Optional<Claim> claim, String about, Fault fault, Act act) {

    /** Does what is asked for. */
    @FunctionalInterface
    public interface Act {
        /** The caller is going to be told of a server error, whatever this returns, if {@code answeredWithError}. */
        Fact perform(@Nullable Claim claim, boolean answeredWithError);
    }

    /** The key a request brings, bound to its URL and these parameters. */
    public static Optional<Claim> claim(Request request, String parameters) {
        return request.key().map(key -> new Claim(key, fingerprint(request.url() + '\n' + parameters)));
    }

    private static long fingerprint(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
