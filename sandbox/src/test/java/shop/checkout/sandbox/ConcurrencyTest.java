package shop.checkout.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {

    @TempDir
    Path data;

    Sandbox sandbox;
    Http http;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(new SandboxOptions("127.0.0.1", 0, data));
        http = Http.to(sandbox);
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        sandbox.close();
    }

    @Test
    void refusesAKeyWhoseFirstCallIsStillRunning() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> charge("key", "pm_sandbox_slow_2000"));

            // whoever is first wins; the other one is told so until the winner is done
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> charge("key", "pm_sandbox_slow_2000").status() == 409 || first.isDone());
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> charge("key", "pm_sandbox_slow_2000").replayed());
        }

        assertThat(http.get("/sandbox/v1/totals").body()).contains("\"captures\":1,");
    }

    @Test
    void chargesOnceWhenManyCallWithTheSameKeyAtTheSameTime() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Http.Answered> call = () -> charge("key", "pm_card_visa");
            var calls =
                    threads.invokeAll(IntStream.range(0, 64).mapToObj(_ -> call).toList());

            assertThat(calls)
                    .extracting(answer -> answer.get().status())
                    .isSubsetOf(200, 409)
                    .contains(200);
        }

        assertThat(http.get("/sandbox/v1/totals").body()).contains("\"captures\":1,");
    }

    @Test
    void neverRefundsMoreThanWasTakenWhenManyRefundAtTheSameTime() throws Exception {
        var body = charge("key", "pm_card_visa").body();
        var payment = body.substring(body.indexOf("pi_"), body.indexOf("\",\"object\""));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = threads.invokeAll(IntStream.range(0, 32)
                    .<Callable<Http.Answered>>mapToObj(
                            n -> () -> http.post("/v1/refunds", "refund-" + n, "payment_intent=" + payment))
                    .toList());

            assertThat(calls)
                    .filteredOn(answer -> answer.resultNow().status() == 200)
                    .hasSize(1);
        }

        assertThat(http.get("/sandbox/v1/totals").body()).contains("\"captured\":100,\"refunded\":100,");
    }

    private Http.Answered charge(String key, String method) throws IOException, InterruptedException {
        return http.post(
                "/v1/payment_intents",
                key,
                "amount=100&currency=eur&confirm=true&metadata[order_id]=o&payment_method=" + method);
    }
}
