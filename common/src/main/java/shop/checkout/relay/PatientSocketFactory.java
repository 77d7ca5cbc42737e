package shop.checkout.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets the driver of the replication connection wait for data instead of asking a thousand times a second.
 *
 * <p>pgjdbc looks for pending data by a read with a time-out of 1 ms. A longer one costs no latency, as a byte that arrives ends the
 * wait at once, and an idle relay sleeps. Public because pgjdbc makes it by its name.
 */
public final class PatientSocketFactory extends SocketFactory {

    private static final int PEEK_MILLIS = 1;
    /** The confirming thread has to wait for it, so not longer. */
    private static final int PATIENT_MILLIS = 20;

    @Override
    public Socket createSocket() {
        return new PatientSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
    }

    private static Socket connected(InetSocketAddress remote, @Nullable InetSocketAddress local) throws IOException {
        var socket = new PatientSocket();
        socket.bind(local);
        socket.connect(remote);
        return socket;
    }

    private static final class PatientSocket extends Socket {
        @Override
        public void setSoTimeout(int millis) throws SocketException {
            super.setSoTimeout(millis == PEEK_MILLIS ? PATIENT_MILLIS : millis);
        }
    }
}
