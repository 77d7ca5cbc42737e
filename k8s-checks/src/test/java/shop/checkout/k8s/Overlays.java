package shop.checkout.k8s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Renders {@code k8s/overlays}; a test that needs one is skipped where there is no kubectl. */
final class Overlays {

    static final Path K8S = Path.of("..", "k8s");

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    private Overlays() {}

    /** A copy of one's own. */
    static Manifests of(String overlay) {
        assumeTrue(hasKubectl(), "kubectl is not installed: k8s/ is not checked");
        return new Manifests(RENDERED.computeIfAbsent(overlay, Overlays::render).trees());
    }

    private static Manifests render(String overlay) {
        return Manifests.parse(run(
                "kubectl", "kustomize", K8S.resolve("overlays").resolve(overlay).toString()));
    }

    private static boolean hasKubectl() {
        try {
            run("kubectl", "version", "--client");
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private static String run(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed");
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(command[0] + " cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
