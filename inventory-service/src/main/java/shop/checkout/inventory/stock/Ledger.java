package shop.checkout.inventory.stock;

import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.time.HybridClock;

/** The evidence of every movement of goods; only ever appended to. */
final class Ledger {

    private static final String INSERT = """
            insert into stock_ledger (saga_id, message, sku, kind, quantity, hlc)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                on conflict do nothing
            """;

    private final Writes writes;
    private final HybridClock clock;

    Ledger(JdbcTemplate jdbc, HybridClock clock) {
        this.writes = Writes.of(jdbc);
        this.clock = clock;
    }

    /** The commit throws {@link DuplicateKeyException} when one of the messages has moved these goods before. */
    void append(List<Movement> movements) {
        if (movements.isEmpty()) {
            return;
        }
        var columns = Columns.of(movements)
                .text(movement -> movement.message().sagaId())
                .text(movement -> movement.message().name())
                .text(Movement::sku)
                .text(Movement::kind)
                .bigint(Movement::quantity)
                .bigint(_ -> clock.now().packed());
        writes.add(written -> expect(movements.size(), written), INSERT, columns.arrays());
    }

    private static void expect(int movements, int written) {
        if (written != movements) {
            throw new DuplicateKeyException((movements - written) + " of " + movements + " movements were made before");
        }
    }
}
