package shop.checkout.benchmark.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a server that answers when the test wants it to. */
class LoadTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsSoManyInFlight() {
        server.holdAnswers();
        try (var load = start(new Pace.InFlight(4))) {
            await().atMost(LIMIT).until(() -> server.held() == 4);
            server.answer(1);
            await().atMost(LIMIT).until(() -> load.ended() == 1 && server.held() == 4);
            server.answerAll();

            long sent = load.finish();

            assertThat(sent).isGreaterThanOrEqualTo(5).isEqualTo(load.ended()).isEqualTo(server.received());
            assertThat(load.complaints()).isEmpty();
        }
    }

    @Test
    void sendsWhatIsDueHoweverSlowTheServerIs() {
        server.holdAnswers();
        try (var load = start(new Pace.PerSecond(500))) {

            await().atMost(LIMIT).until(() -> server.held() >= 100);

            assertThat(load.ended()).isZero();
            server.answerAll();
        }
    }

    @Test
    void chargesAStallToAllThatWereDueMeanwhile() {
        var tally = new Tally();
        var requests = new StalledGets();
        try (var load = Load.start(server.address(), requests, 0, new Pace.PerSecond(100))) {
            load.countInto(tally);
            requests.afterTheStall.complete(() -> load.countInto(new Tally()));
            await().atMost(LIMIT).until(() -> load.ended() > StalledGets.STALL.toMillis() / 10);
            load.finish();
        }

        var latency = tally.latency();
        assertThat(latency.requests()).as("due during the stall").isGreaterThanOrEqualTo(40);
        assertThat(latency.p50()).as("half of the stall").isGreaterThan(StalledGets.STALL.dividedBy(3));
    }

    @Test
    void goesOnWhenTheServerClosesConnections() {
        server.closeAfter(3);
        try (var load = start(new Pace.InFlight(2))) {
            await().atMost(LIMIT).until(() -> load.ended() >= 50);
            load.finish();

            assertThat(load.complaints()).isEmpty();
            assertThat(server.connections()).isGreaterThan(10);
        }
    }

    @Test
    void sendsARequestAgainWhoseConnectionWasClosedMeanwhile() {
        server.closeWithoutAWordAfter(3);
        try (var load = start(new Pace.InFlight(2))) {
            await().atMost(LIMIT).until(() -> load.ended() >= 50);
            load.finish();

            assertThat(load.complaints()).isEmpty();
        }
    }

    @Test
    void countsWhatIsNotAsItShouldBe() {
        server.answersWith("HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n");
        try (var load = start(new Pace.InFlight(1))) {
            await().atMost(LIMIT).until(() -> load.ended() >= 3);
            long sent = load.finish();

            assertThat(load.complaints()).isEqualTo(Map.of("503", sent));
        }
    }

    @Test
    void complainsWhenThereIsNoAnswer() {
        server.closeWithoutAWordAfter(0);
        try (var load = start(new Pace.InFlight(1))) {
            await().atMost(LIMIT).until(() -> load.ended() >= 3);
            long sent = load.finish();

            assertThat(load.complaints().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(sent);
            assertThat(load.complaints().keySet()).allMatch(kind -> kind.startsWith("no answer: "));
        }
    }

    private Load start(Pace pace) {
        return Load.start(server.address(), new Gets(), 0, pace);
    }

    /** Nothing can be sent for a while, and then all that was due meanwhile. */
    private static final class StalledGets implements Requests {
        static final Duration STALL = Duration.ofMillis(500);

        final CompletableFuture<Runnable> afterTheStall = new CompletableFuture<>();
        private final Requests gets = new Gets();

        @Override
        public ByteBuffer request(long n) {
            if (n == 0) {
                var _ = afterTheStall.join();
                long begun = System.nanoTime();
                await().atMost(LIMIT).until(() -> System.nanoTime() - begun > STALL.toNanos());
            } else if (n == 1) {
                afterTheStall.join().run();
            }
            return gets.request(n);
        }

        @Override
        public Optional<String> complaint(long n, Answer answer) {
            return gets.complaint(n, answer);
        }
    }

    /** Asks for numbers. */
    private static final class Gets implements Requests {
        @Override
        public ByteBuffer request(long n) {
            return ByteBuffer.wrap(("GET /" + n + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(US_ASCII));
        }

        @Override
        public Optional<String> complaint(long n, Answer answer) {
            return answer.status() == 200 ? Optional.empty() : Optional.of(Integer.toString(answer.status()));
        }
    }
}
