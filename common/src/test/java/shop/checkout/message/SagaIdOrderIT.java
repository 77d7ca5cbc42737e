package shop.checkout.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import shop.checkout.TestDatabase;

class SagaIdOrderIT {

    private static final List<String> CORNERS = List.of(
            "00000000-0000-0000-0000-000000000000",
            "7fffffff-ffff-ffff-7fff-ffffffffffff",
            "80000000-0000-0000-8000-000000000000",
            "7fffffff-ffff-ffff-ffff-ffffffffffff",
            "ffffffff-ffff-ffff-ffff-ffffffffffff");

    /** Rows are locked in this order by Java and by PostgreSQL: were they different, consumers would deadlock. */
    @Test
    void ordersAsPostgresqlDoes() {
        var random = new SplittableRandom(42);
        var ids = Stream.concat(
                        CORNERS.stream().map(UUID::fromString),
                        Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                                .limit(500))
                .map(SagaId::new)
                .toList();

        var database = TestDatabase.emptied();
        var ordered = database.texts("select id from unnest(?::uuid[]) as k (id) order by id", (Object)
                ids.stream().map(SagaId::toString).toArray(String[]::new));

        assertThat(ids.stream().sorted().map(SagaId::toString)).containsExactlyElementsOf(ordered);
    }
}
