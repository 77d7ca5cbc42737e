package shop.checkout.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests sent to one server at a pace, until it is told to finish. One thread does all of it, so that it costs little: it runs on the machine
 * that it measures.
 *
 * <p>A latency counts from the moment at which the request was due, not from when it could be sent: a server that stalls is charged
 * for the requests that had to wait (coordinated omission; G. Tene, "How NOT to measure latency"). A request whose connection was
 * closed by the server before it was read is sent once more.
 */
public final class Load implements AutoCloseable {
    /** Longer than any answer is held. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_UP = Duration.ofMillis(500);

    /** The server's backlog is short. */
    private static final int CONNECTING_AT_MOST = 32;

    private final Requests requests;
    private final InetSocketAddress server;
    private final Pace pace;
    private final Selector selector;
    private final Thread thread;
    private final Pacer pacer;
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final AtomicLong ended = new AtomicLong();
    private final Map<String, Long> complaints = new TreeMap<>();
    private final Schedule schedule;
    private volatile Tally tally = new Tally();
    private volatile boolean finishing;
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private final long first;
    private long started;
    private int underWay;
    private int connecting;
    private long lookedUp = System.nanoTime();

    private Load(InetSocketAddress server, Requests requests, long first, Pace pace) throws IOException {
        this.server = server;
        this.requests = requests;
        this.pace = pace;
        this.first = first;
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().name("load").unstarted(this::run);
        this.schedule = new Schedule(System.nanoTime(), pace instanceof Pace.PerSecond(int rate) ? rate : 1);
        this.pacer = new Pacer(schedule, selector::wakeup);
    }

    /**
     * Begins at once.
     *
     * @param first the number of the first request
     */
    public static Load start(InetSocketAddress server, Requests requests, long first, Pace pace) {
        try {
            var load = new Load(server, requests, first, pace);
            load.thread.start();
            if (pace instanceof Pace.PerSecond) {
                load.pacer.start();
            }
            return load;
        } catch (IOException e) {
            throw new UncheckedIOException("no load can be made", e);
        }
    }

    /** What is due from now on, and what ends from now on, goes into this. */
    public void countInto(Tally next) {
        tally = next;
    }

    /** How many requests have been answered so far. */
    public long ended() {
        return ended.get();
    }

    /**
     * Sends no more requests and returns when all are answered, or have not been for a minute.
     *
     * @return how many were sent
     * @throws IllegalStateException when something went wrong here
     */
    public long finish() {
        finishing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a load finishes", e);
        }
        failure.ifPresent(it -> {
            throw new IllegalStateException("a load broke off", it);
        });
        return started;
    }

    /** Answers that were not as they should be, by kind; complete once it has finished. */
    public Map<String, Long> complaints() {
        return Map.copyOf(complaints);
    }

    @Override
    public void close() {
        finish();
    }

    private void run() {
        try (selector) {
            while (!finishing || underWay > 0) {
                startWhatIsDue();
                dispatch();
                selector.select(this::proceed, LOOK_UP.toMillis());
                giveUpTheForgotten();
            }
            selector.keys().stream().map(Load::connection).forEach(Connection::close);
        } catch (IOException e) {
            failure = Optional.of(new UncheckedIOException(e));
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        } finally {
            pacer.stop();
        }
    }

    private void startWhatIsDue() {
        long now = System.nanoTime();
        switch (pace) {
            case Pace.InFlight(int most) -> {
                while (!finishing && underWay < most) {
                    start(now);
                }
            }
            case Pace.PerSecond _ -> {
                while (!finishing && schedule.isDue(started, now)) {
                    start(schedule.due(started));
                }
            }
        }
    }

    private void start(long due) {
        waiting.add(new Exchange(first + started++, due, tally, false));
        underWay++;
    }

    /** Gives each waiting request a connection: an idle one, or a new one while not too many are being opened. */
    private void dispatch() throws IOException {
        while (!waiting.isEmpty() && (!idle.isEmpty() || connecting < CONNECTING_AT_MOST)) {
            var exchange = waiting.remove();
            var connection = exchange.repeated() ? null : idle.poll(); // another idle one may be closed as well
            if (connection == null) {
                connection = Connection.open(selector, server);
                connecting += connection.isConnected() ? 0 : 1;
            }
            try {
                connection.send(exchange, requests.request(exchange.number()));
            } catch (IOException e) {
                broken(connection, e);
            }
        }
    }

    private void proceed(SelectionKey key) {
        var connection = connection(key);
        try {
            if (key.isConnectable()) {
                connecting--;
            }
            connection.proceed().ifPresent(answer -> end(connection, answer));
        } catch (IOException | IllegalArgumentException e) {
            broken(connection, e);
        }
    }

    private void end(Connection connection, Answer answer) {
        var exchange = connection.end();
        if (answer.closes()) {
            connection.close();
        } else {
            idle.push(connection);
        }
        exchange.tally().answered(System.nanoTime() - exchange.due());
        end(requests.complaint(exchange.number(), answer));
    }

    private void end(Optional<String> complaint) {
        underWay--;
        tally.ended();
        ended.lazySet(ended.get() + 1);
        complaint.ifPresent(it -> complaints.merge(it, 1L, Long::sum));
    }

    private void broken(Connection connection, Exception why) {
        connection.close();
        idle.remove(connection);
        connection.exchange().ifPresent(exchange -> {
            if (connection.mayBeStale() && !exchange.repeated()) {
                waiting.addFirst(exchange.again());
            } else {
                end(Optional.of("no answer: " + why.getMessage()));
            }
        });
    }

    private void giveUpTheForgotten() {
        long now = System.nanoTime();
        if (now - lookedUp < LOOK_UP.toNanos()) {
            return;
        }
        lookedUp = now;
        long longAgo = now - PATIENCE.toNanos();
        for (var key : selector.keys()) {
            var connection = connection(key);
            if (connection.exchange().filter(it -> it.due() - longAgo < 0).isPresent()) {
                connection.close();
                end(Optional.of("no answer within " + PATIENCE));
            }
        }
    }

    private static Connection connection(SelectionKey key) {
        return (Connection) key.attachment();
    }
}
