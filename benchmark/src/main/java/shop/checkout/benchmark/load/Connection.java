package shop.checkout.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection, kept alive, with one request at a time. */
final class Connection {
    private static final int BUFFER = 8 << 10;
    private static final int LARGEST = 1 << 20;

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer in = ByteBuffer.allocate(BUFFER);
    private @Nullable ByteBuffer out;
    private @Nullable Exchange exchange;
    private int served;

    private Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Begins to connect; the selector will tell. */
    static Connection open(Selector selector, InetSocketAddress server) throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(server);
        var connection = new Connection(channel, channel.register(selector, SelectionKey.OP_CONNECT));
        connection.key.attach(connection);
        return connection;
    }

    boolean isConnected() {
        return channel.isConnected();
    }

    /** Sends the request now or as soon as it is connected. */
    void send(Exchange next, ByteBuffer request) throws IOException {
        exchange = next;
        out = request;
        in.clear();
        if (channel.isConnected()) {
            write();
        }
    }

    /** Does what can be done without waiting: connects, sends, receives. What has come in completely is returned. */
    Optional<Answer> proceed() throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            write();
            return Optional.empty();
        }
        if (key.isWritable()) {
            write();
        }
        return key.isReadable() ? receive() : Optional.empty();
    }

    /** What was under way, and is over. */
    Exchange end() {
        var ended = exchange;
        if (ended == null) {
            throw new IllegalStateException("an answer to no request");
        }
        exchange = null;
        served++;
        return ended;
    }

    Optional<Exchange> exchange() {
        return Optional.ofNullable(exchange);
    }

    /** The server may have closed the connection before it saw the request: it has served others, and not a byte of an answer has come. */
    boolean mayBeStale() {
        return served > 0 && in.position() == 0;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException _) {
            // it is of no more use either way
        }
    }

    private void write() throws IOException {
        if (out != null) {
            channel.write(out);
            out = out.hasRemaining() ? out : null;
        }
        key.interestOps(out == null ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private Optional<Answer> receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("closed by the server");
        }
        if (exchange == null) {
            throw new IOException("the server speaks without being asked");
        }
        var answer = Answer.of(in.array(), in.position());
        if (answer.isEmpty() && !in.hasRemaining()) {
            grow();
        }
        return answer;
    }

    private void grow() throws IOException {
        if (in.capacity() >= LARGEST) {
            throw new IOException("an answer of more than " + LARGEST + " bytes");
        }
        in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
    }
}
