package shop.checkout.inventory.stock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.Sku;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.SagaId;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;

/** The rows of reservations and their lines, many at once. */
final class ReservationTable {

    /** As PostgreSQL orders them: the order in which rows are locked. */
    static final Comparator<OrderId> BY_ORDER = Comparator.comparing(order -> new SagaId(order.value()));

    private static final String LOCK = """
            select order_id, attempt, state, total, currency, refusal, refused_sku, hlc
              from reservation
             where order_id = any (?::uuid[])
             order by order_id
               for update
            """;

    /** Apart from the lock: a statement that waits for a row reads that row anew, but not what it joins to it. */
    private static final String LINES =
            "select order_id, sku, quantity from reservation_line where order_id = any (?::uuid[])";

    private static final String INSERT = """
            insert into reservation (order_id, attempt, state, total, currency, refusal, refused_sku, hlc)
            select * from unnest(?::uuid[], ?::int[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                on conflict do nothing
            """;

    private static final String INSERT_LINES = """
            insert into reservation_line (order_id, sku, quantity)
            select * from unnest(?::uuid[], ?::text[], ?::bigint[])
                on conflict do nothing
            """;

    private static final String UPDATE = """
            update reservation r
               set attempt = k.attempt, state = k.state, total = k.total, currency = k.currency, refusal = k.refusal,
                   refused_sku = k.refused_sku, hlc = k.hlc, updated_at = now()
              from unnest(?::uuid[], ?::int[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                   as k (order_id, attempt, state, total, currency, refusal, refused_sku, hlc)
             where r.order_id = k.order_id
            """;

    private record Line(OrderId order, Sku sku, long quantity) {}

    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final HybridClock clock;

    ReservationTable(JdbcTemplate jdbc, HybridClock clock) {
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.clock = clock;
    }

    /** Locks the reservations that exist. The clock is moved past their last changes, whoever made them. */
    Map<OrderId, Standing> load(SortedSet<OrderId> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        var ids = Columns.of(List.copyOf(orders)).text(OrderId::value).arrays();
        var rows = jdbc.query(LOCK, (row, _) -> row(row), ids);
        var quantities = rows.isEmpty() ? Map.<OrderId, Map<Sku, Long>>of() : quantities(ids);
        var standings = new LinkedHashMap<OrderId, Standing>();
        rows.forEach(row -> {
            clock.observe(row.hlc());
            standings.put(row.order(), row.standing(quantities.getOrDefault(row.order(), Map.of())));
        });
        return standings;
    }

    private Map<OrderId, Map<Sku, Long>> quantities(Object[] orders) {
        var quantities = new LinkedHashMap<OrderId, Map<Sku, Long>>();
        jdbc.query(
                LINES,
                row -> {
                    quantities
                            .computeIfAbsent(
                                    new OrderId(row.getObject("order_id", UUID.class)), _ -> new LinkedHashMap<>())
                            .put(new Sku(row.getString("sku")), row.getLong("quantity"));
                },
                orders);
        return quantities;
    }

    /** The commit throws {@link ConcurrencyFailureException} when one of the orders has got a reservation meanwhile. */
    void insert(Map<OrderId, Standing> added) {
        if (added.isEmpty()) {
            return;
        }
        writes.add(rows -> expect(added.size(), rows), INSERT, columns(added));
        insertLines(lines(added.entrySet().stream()));
    }

    /** Writes reservations that were locked. Their lines never change, but only come with an attempt that reserves them. */
    void update(Map<OrderId, Standing> altered) {
        if (!altered.isEmpty()) {
            writes.add(rows -> expect(altered.size(), rows), UPDATE, columns(altered));
            insertLines(lines(altered.entrySet().stream()
                    .filter(it -> it.getValue().reservation() instanceof Reservation.Reserved)));
        }
    }

    private void insertLines(List<Line> lines) {
        if (!lines.isEmpty()) {
            var columns = Columns.of(lines).text(Line::order).text(Line::sku).bigint(Line::quantity);
            writes.add(INSERT_LINES, columns.arrays());
        }
    }

    private Object[] columns(Map<OrderId, Standing> standings) {
        var rows = standings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_ORDER))
                .map(it -> ReservationRow.of(it.getKey(), it.getValue(), clock.now()))
                .toList();
        return Columns.of(rows)
                .text(ReservationRow::order)
                .integer(ReservationRow::attempt)
                .text(ReservationRow::state)
                .text(ReservationRow::total)
                .text(ReservationRow::currency)
                .text(ReservationRow::refusal)
                .text(ReservationRow::refusedSku)
                .bigint(row -> row.hlc().packed())
                .arrays();
    }

    private static List<Line> lines(Stream<Map.Entry<OrderId, Standing>> standings) {
        return standings
                .<Line>mapMulti((entry, lines) -> ReservationRow.goods(
                                entry.getValue().reservation())
                        .ifPresent(goods -> goods.forEach(
                                (sku, quantity) -> lines.accept(new Line(entry.getKey(), sku, quantity)))))
                .toList();
    }

    private static ReservationRow row(ResultSet row) throws SQLException {
        return new ReservationRow(
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getInt("attempt"),
                ReservationState.valueOf(row.getString("state")),
                row.getObject("total", Long.class),
                row.getString("currency"),
                row.getString("refusal"),
                row.getString("refused_sku"),
                new Hlc(row.getLong("hlc")));
    }

    private static void expect(int expected, int written) {
        if (written != expected) {
            throw new ConcurrencyFailureException(
                    (expected - written) + " of " + expected + " reservations were written by somebody else meanwhile");
        }
    }
}
