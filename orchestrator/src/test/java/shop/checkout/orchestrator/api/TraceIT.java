package shop.checkout.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.orchestrator.Http.CHECKOUT;
import static shop.checkout.orchestrator.Http.CHECKOUTS;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;
import shop.checkout.orchestrator.OrchestratorUnderTest;

/** A checkout stays in the trace of the request that started it, though replies, timers and people move it later. */
class TraceIT extends OrchestratorUnderTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER_TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void isKeptByAllThatACheckoutSays() {
        var saga = start("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        try (var participants = participants()) {
            participants.complete(saga);
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(traceParents(saga)).hasSize(5));
        assertThat(traceParents(saga))
                .doesNotHaveDuplicates()
                .doesNotContain("00-" + TRACE + "-00f067aa0ba902b7-01")
                .allSatisfy(it -> assertThat(TraceParent.of(it))
                        .hasValueSatisfying(
                                parent -> assertThat(parent.traceId()).isEqualTo(TRACE)))
                .allSatisfy(it -> assertThat(it).endsWith("-01"));
    }

    @Test
    void isKeptWhenACheckoutIsUndone() {
        var saga = start("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-00");

        http().post(CHECKOUTS + "/" + saga + "/cancel", "");

        assertThat(jdbc.queryForList(
                        "select name || ' ' || substr(traceparent, 4, 32) from outbox where aggregateid = ?",
                        String.class,
                        saga.value()))
                .contains("reserve-inventory/undo " + TRACE)
                .allSatisfy(it -> assertThat(it).endsWith(TRACE));
    }

    @Test
    void isEachRequestsOwnWhenManyShareATransaction() throws Exception {
        Callable<SagaId> traced = () -> start("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        Callable<SagaId> otherwise = () -> start("traceparent", "00-" + OTHER_TRACE + "-00f067aa0ba902b7-01");
        Callable<SagaId> untraced = this::start;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sagas = threads.invokeAll(List.of(traced, otherwise, untraced, traced, otherwise, untraced));

            for (int i = 0; i < sagas.size(); i++) {
                var expected = List.of(TRACE, OTHER_TRACE, "").get(i % 3);
                assertThat(traceParents(sagas.get(i).get()))
                        .hasSizeGreaterThan(1)
                        .allSatisfy(it -> assertThat(TraceParent.of(it).map(TraceParent::traceId))
                                .isEqualTo(expected.isEmpty() ? Optional.empty() : Optional.of(expected)));
            }
        }
    }

    @Test
    void doesNotBeginWithAMalformedHeader() {
        var saga = start("traceparent", "00-" + TRACE + "-0000000000000000-01");

        assertThat(traceParents(saga)).isNotEmpty().containsOnly("");
    }

    private SagaId start(String... headers) {
        return SagaId.parse(
                http().checkout(UUID.randomUUID().toString(), CHECKOUT, headers).text("id"));
    }

    /** Of its messages; empty where there is none. */
    private List<String> traceParents(SagaId saga) {
        return jdbc.query(
                "select coalesce(traceparent, '') from outbox where aggregateid = ? order by hlc",
                (row, _) -> row.getString(1),
                saga.value());
    }
}
