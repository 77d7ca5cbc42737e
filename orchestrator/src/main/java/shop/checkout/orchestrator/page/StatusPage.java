package shop.checkout.orchestrator.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.core.io.ClassPathResource;

/**
 * The page as one document that needs nothing else, and the policy that lets a browser run nothing but its own style and
 * script: both are named by their hashes.
 */
record StatusPage(String html, String contentSecurityPolicy) {

    static StatusPage assemble() {
        var style = resource("status.css");
        var script = resource("status.js");
        var html = resource("status.html").replace("{{style}}", style).replace("{{script}}", script);
        var policy = "default-src 'none'; style-src '%s'; script-src '%s'; connect-src 'self'; img-src data:;"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new StatusPage(html, policy.formatted(hash(style), hash(script)));
    }

    private static String resource(String name) {
        try {
            return new ClassPathResource("page/" + name).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the status page lacks " + name, e);
        }
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
