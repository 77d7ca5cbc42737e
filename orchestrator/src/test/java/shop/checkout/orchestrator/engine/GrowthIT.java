package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.checkout.codec.Codec;
import shop.checkout.cost.PageCount;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.time.HybridClock;

/**
 * However many sagas have ended, work on open ones touches the same number of pages. Pages are counted, not seconds, so this holds
 * on any machine. With {@code -Dgrowth.rows=1000000} it fills as many sagas as that.
 */
class GrowthIT {

    private static final int ENDED = Integer.getInteger("growth.rows", 20_000);
    private static final int BATCH = 100;

    private static EngineFixture fixture;
    private static List<SagaId> open;

    @BeforeAll
    static void fill() {
        fixture = EngineFixture.fresh(CheckoutSaga.V1);
        open = fixture.start(BATCH);
        fixture.transaction.executeWithoutResult(status -> {
            fixture.jdbc.update("""
                    insert into saga (id, definition, version, status, data, steps, revision, hlc)
                    select uuidv7(n * interval '-1 second'), definition, version, 'COMPLETED', data, steps, 4, hlc
                      from (select * from saga limit 1) as one, generate_series(?, 1, -1) n
                    """, ENDED);
            fixture.jdbc.update("""
                    insert into saga_history (saga_id, seq, hlc, cause, verdict, status, changes)
                    select id, seq, hlc, 'REPLIED', 'APPLIED', 'RUNNING', '[]'
                      from saga, generate_series(1, 4) seq where status = 'COMPLETED' order by id, seq
                    """);
        });
        fixture.jdbc.execute("vacuum analyze saga");
        fixture.jdbc.execute("vacuum analyze saga_history");
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @Test
    void locksAndWritesABatchOfOpenSagasAlone() throws SQLException {
        try (var pages = count()) {
            var sagas = sagas(pages);

            assertThat(pages.usually(() -> sagas.lock(open))).isLessThanOrEqualTo(6 * BATCH);
            assertThat(pages.usually(
                            () -> sagas.update(List.copyOf(sagas.lock(open).values()))))
                    .isLessThanOrEqualTo(14 * BATCH);
        }
    }

    @Test
    void findsNothingDueAmongSagasThatHaveEnded() throws SQLException {
        try (var pages = count()) {
            assertThat(pages.usually(() -> sagas(pages).lockDue(BATCH))).isLessThanOrEqualTo(5 + BATCH);
        }
    }

    @Test
    void countsOpenSagasWithoutLookingAtTheOthers() throws SQLException {
        try (var pages = count()) {
            var database = Objects.requireNonNull(pages.jdbc().getDataSource());
            var meters = new SagaMeters(database, new SimpleMeterRegistry(), List.of(CheckoutSaga.V1));

            assertThat(pages.usually(meters::count)).isLessThanOrEqualTo(5 + BATCH);
        }
    }

    @Test
    void addsToTheHistoryAtItsEnd() throws SQLException {
        try (var pages = count()) {
            assertThat(pages.usually(() -> pages.jdbc().update("""
                            insert into saga_history (saga_id, seq, hlc, cause, verdict, status, changes)
                            select uuidv7(), 1, 1, 'STARTED', 'APPLIED', 'RUNNING', '[]' from generate_series(1, ?)
                            """, BATCH))).isLessThanOrEqualTo(10 * BATCH);
        }
    }

    private static PageCount count() throws SQLException {
        return new PageCount(fixture.statements.getConnection());
    }

    private static Sagas sagas(PageCount pages) {
        var codec = Codec.ofCatalogue();
        return new Sagas(
                pages.jdbc(), new SagaKinds(List.of(CheckoutSaga.V1), codec), new HybridClock(Clock.systemUTC()));
    }
}
