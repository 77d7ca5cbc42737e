package shop.checkout.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.engine.Committed;
import shop.checkout.orchestrator.saga.Saga;

/** With a database that cannot be asked, so that whatever is known was heard. */
class SagaWatchTest {

    private static final SagaId SAGA = SagaId.parse("019b76da-a800-7000-8000-000000000001");
    private static final SagaId OTHER = SagaId.parse("019b76da-a800-7000-8000-000000000002");
    private static final Duration LONG = Duration.ofSeconds(30);

    private final SagaWatch<String> watch = new SagaWatch<>(
            new JdbcTemplate(new DriverManagerDataSource("jdbc:nowhere")),
            ids -> Map.of(),
            committed -> Optional.of("revision " + committed.saga().revision()));

    @BeforeEach
    void start() {
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.stop();
    }

    @Test
    void hearsAtOnceWhatThisReplicaCommits() {
        var answer = waiting(SAGA);

        await().until(() -> {
            watch.committed(List.of(at(OTHER, 9), at(SAGA, 2)));
            watch.committed(List.of(at(SAGA, 3)));
            return answer.isDone();
        });

        assertThat(answer.join()).contains("revision 3");
    }

    @Test
    void sendsEverybodyHomeWhenItStops() {
        var answer = waiting(SAGA);

        watch.stop();

        assertThat(answer.join()).isEmpty();
    }

    @Test
    void keepsNobodyOnceItHasStopped() {
        watch.stop();

        assertThat(watch.await(SAGA, standing -> true, LONG)).isEmpty();
    }

    private CompletableFuture<Optional<String>> waiting(SagaId saga) {
        return CompletableFuture.supplyAsync(() -> watch.await(saga, standing -> standing.revision() >= 3, LONG));
    }

    private static Committed<?> at(SagaId saga, long revision) {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        var stored = new Saga<>(saga, "data", List.of(), Optional.empty(), Optional.empty(), revision);
        return new Committed<>("test", stored, false, 0, now, now);
    }
}
