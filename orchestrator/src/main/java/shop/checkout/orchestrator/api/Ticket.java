package shop.checkout.orchestrator.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import shop.checkout.codec.Codec;

/** What a request to start a saga is admitted by: its key, and what tells its payload from others. */
final class Ticket {

    private final String scope;
    private final IdempotencyKey key;
    private final String fingerprint;

    private Ticket(String scope, IdempotencyKey key, String fingerprint) {
        this.scope = scope;
        this.key = key;
        this.fingerprint = fingerprint;
    }

    /**
     * @param scope the operation, within which a key is one request
     * @param request all that makes it another one
     */
    static Ticket of(String scope, IdempotencyKey key, Record request, Codec codec) {
        return new Ticket(scope, key, sha256(codec.write(request)));
    }

    String scope() {
        return scope;
    }

    IdempotencyKey key() {
        return key;
    }

    /** Of the request as it was understood: spaces and the order of fields make no difference. */
    String fingerprint() {
        return fingerprint;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
