package shop.checkout.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A small server for requests without a body. */
final class TestServer implements AutoCloseable {
    private static final int ALL = 1_000_000;

    private final ServerSocket listening;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger received = new AtomicInteger();
    private final Set<Thread> holding = ConcurrentHashMap.newKeySet();
    private final Semaphore allowed = new Semaphore(ALL);
    private volatile String answer = "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok";
    private volatile int most = Integer.MAX_VALUE;
    private volatile boolean announced = true;

    private TestServer(ServerSocket listening) {
        this.listening = listening;
    }

    static TestServer start() {
        try {
            var server = new TestServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    /** From now on no answer is given unless it is allowed. */
    void holdAnswers() {
        allowed.drainPermits();
    }

    void answer(int requests) {
        allowed.release(requests);
    }

    void answerAll() {
        allowed.release(ALL);
    }

    void answersWith(String text) {
        answer = text;
    }

    /** Every connection takes so many requests; the last answer says so. */
    void closeAfter(int requests) {
        most = requests;
    }

    /** Every connection takes so many requests and is closed at the next one. */
    void closeWithoutAWordAfter(int requests) {
        most = requests;
        announced = false;
    }

    /** How many requests wait to be answered. */
    int held() {
        return holding.size();
    }

    int received() {
        return received.get();
    }

    int connections() {
        return sockets.size();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = listening.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            for (int n = 1; hasRequest(in) && (announced || n <= most); n++) {
                received.incrementAndGet();
                hold();
                boolean last = announced && n >= most;
                var text = last ? answer.replaceFirst("\r\n", "\r\nConnection: close\r\n") : answer;
                socket.getOutputStream().write(text.getBytes(US_ASCII));
                if (last) {
                    return;
                }
            }
        } catch (IOException _) {
            // the client has gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold() throws InterruptedException {
        holding.add(Thread.currentThread());
        allowed.acquire();
        holding.remove(Thread.currentThread());
    }

    private static boolean hasRequest(BufferedReader in) throws IOException {
        var first = in.readLine();
        var line = first;
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return first != null;
    }
}
