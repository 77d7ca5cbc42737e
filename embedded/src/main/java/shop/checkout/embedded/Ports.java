package shop.checkout.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free TCP ports on the loopback interface.
 *
 * <p>They lie below the range from which the kernel serves outgoing connections, so that no connection of another program
 * takes a remembered port between two runs.
 */
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private Ports() {}

    /** A port nobody listens on at this moment. */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(1_000, FIRST, LAST)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port between " + FIRST + " and " + LAST));
    }

    /** Nobody listens on the port. */
    public static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** The port written in the file if it is free, otherwise a free one; the file then says which. */
    static int remembered(Path file) {
        try {
            if (Files.exists(file)) {
                int port = Integer.parseInt(Files.readString(file).strip());
                if (isFree(port)) {
                    return port;
                }
            }
            int port = free();
            var written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), port + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remember a port in " + file, e);
        } catch (NumberFormatException e) {
            throw new IllegalStateException(file + " should hold a port number; delete it", e);
        }
    }
}
