package shop.checkout.inventory.stock;

import java.util.Currency;
import java.util.List;
import java.util.SortedSet;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.contract.Money;
import shop.checkout.contract.Sku;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;

/** The rows of stock, many at once. */
final class StockTable {

    private static final String LOCK = """
            select sku, price, currency, available, reserved, sold, restocked
              from stock
             where sku = any (?::text[])
             order by sku
               for update
            """;

    private static final String UPDATE = """
            update stock s
               set available = k.available, reserved = k.reserved, sold = k.sold, restocked = k.restocked
              from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                   as k (sku, available, reserved, sold, restocked)
             where s.sku = k.sku
            """;

    private final JdbcTemplate jdbc;
    private final Writes writes;

    StockTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
    }

    /** Locks the shelves of the products that exist. */
    List<Shelf> load(SortedSet<Sku> skus) {
        if (skus.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                LOCK,
                (row, _) -> new Shelf(
                        new Sku(row.getString("sku")),
                        Money.ofMinor(row.getLong("price"), Currency.getInstance(row.getString("currency"))),
                        row.getLong("available"),
                        row.getLong("reserved"),
                        row.getLong("sold"),
                        row.getLong("restocked")),
                Columns.of(List.copyOf(skus)).text(Sku::value).arrays());
    }

    /** Writes shelves that were locked. */
    void update(List<Shelf> shelves) {
        if (shelves.isEmpty()) {
            return;
        }
        var columns = Columns.of(shelves)
                .text(Shelf::sku)
                .bigint(Shelf::available)
                .bigint(Shelf::reserved)
                .bigint(Shelf::sold)
                .bigint(Shelf::restocked);
        writes.add(updated -> expect(shelves.size(), updated), UPDATE, columns.arrays());
    }

    private static void expect(int shelves, int updated) {
        if (updated != shelves) {
            throw new ConcurrencyFailureException(
                    (shelves - updated) + " of " + shelves + " products have gone from the catalogue");
        }
    }
}
