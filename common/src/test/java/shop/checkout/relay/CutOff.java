package shop.checkout.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to PostgreSQL that can be cut in one moment, as a crash or a broken network does: connections end, new ones are refused. */
final class CutOff implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    CutOff(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut() {
        close();
    }

    @Override
    public void close() {
        quietly(server);
        sockets.forEach(CutOff::quietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(upstream);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pump(client, upstream));
                Thread.ofVirtual().start(() -> pump(upstream, client));
            } catch (IOException _) {
                // cut, or the client has gone
            }
        }
        sockets.forEach(CutOff::quietly);
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // one side has gone, so the other goes too
        } finally {
            quietly(from);
            quietly(to);
        }
    }

    private static void quietly(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // closed is what it is to be
        }
    }
}
