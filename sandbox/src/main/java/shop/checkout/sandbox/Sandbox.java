package shop.checkout.sandbox;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import shop.checkout.sandbox.fact.FactLog;
import shop.checkout.sandbox.fact.Ids;
import shop.checkout.sandbox.http.HttpEdge;

/**
 * A running sandbox: payment provider and carrier on one port, over one journal. Whatever it has answered with holds
 * after a crash, idempotency keys included.
 */
public final class Sandbox implements AutoCloseable {

    static {
        // read once, when the JDK's server is first used
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
        // longer than clients keep idle connections, so that none is closed under a request just sent
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final FactLog log;

    private Sandbox(HttpServer server, FactLog log) {
        this.server = server;
        this.log = log;
    }

    /**
     * Starts a sandbox that goes on where the last one with the same data folder ended; it is ready when this returns.
     *
     * @throws IOException if the port is taken, the folder cannot be used, or its journal is damaged; the text says
     *     what to do
     */
    public static Sandbox start(SandboxOptions options) throws IOException {
        var server = bind(options);
        try {
            var sandbox = new Sandbox(server, FactLog.open(options.data()));
            sandbox.serve();
            return sandbox;
        } catch (IOException | RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    /** Where it listens: {@code http://127.0.0.1:8084}. */
    public String url() {
        var address = server.getAddress();
        return "http://" + address.getHostString() + ":" + address.getPort();
    }

    /** Stops listening and writes what is left; calls that are being held back are dropped. */
    @Override
    public void close() throws IOException {
        server.stop(0);
        log.close();
    }

    private static HttpServer bind(SandboxOptions options) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(options.address(), options.port()), BACKLOG);
        } catch (BindException e) {
            throw new IOException(
                    "cannot listen on " + options.address() + ":" + options.port()
                            + ": stop the process that uses the port or choose another with --port",
                    e);
        }
    }

    private void serve() throws IOException {
        try {
            var providers = new Providers(log, new Ids(InstantSource.system(), new SecureRandom()), url());
            providers.remember();
            providers
                    .endpoints()
                    .forEach((path, endpoint) -> server.createContext(path, new HttpEdge(endpoint, log::awaitForced)));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }
}
