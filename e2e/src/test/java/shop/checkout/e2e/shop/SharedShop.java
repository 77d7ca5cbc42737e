package shop.checkout.e2e.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives tests the one shop that all of them share, because a start is dear. It is stopped after the last test; when one has
 * failed, its data and logs are kept, and it says where.
 */
public final class SharedShop implements ParameterResolver, TestWatcher {

    private static final Namespace NAMESPACE = Namespace.create(SharedShop.class);
    private static final Path FOLDER = Path.of("target", "shop");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningShop.class;
    }

    @Override
    public RunningShop resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(context).shop;
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        shared(context).failed = true;
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Shared.class, _ -> Shared.started(), Shared.class);
    }

    private static final class Shared implements AutoCloseable {

        private final RunningShop shop;
        private volatile boolean failed;

        private Shared(RunningShop shop) {
            this.shop = shop;
        }

        static Shared started() {
            try {
                Files.createDirectories(FOLDER);
                var shop = new RunningShop(Files.createTempDirectory(FOLDER, "run-"));
                shop.start();
                return new Shared(shop);
            } catch (IOException e) {
                throw new UncheckedIOException("no folder for the shop's data", e);
            }
        }

        @Override
        public void close() throws IOException {
            boolean clean = false;
            try {
                shop.stop();
                clean = true;
            } finally {
                if (failed || !clean) {
                    System.err.println("Data and logs of the failed run: " + shop.folder());
                } else {
                    delete(shop.folder());
                }
            }
        }

        private static void delete(Path folder) throws IOException {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
