package shop.checkout.benchmark.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sagas that ended long ago: copies of some real ones under new ids, in all tables of all four databases, made by the databases themselves.
 *
 * <p>Their messages are in outbox and inbox but are not published: the publications publish nothing meanwhile. Sums over all sagas, such as the
 * stock, do not know of them. What the outside world remembers does not grow.
 */
public final class StoredSagas {
    /** Nine completed ones and a rejected one, as the checkouts are. */
    private static final String ORIGINALS = """
            (select id from saga where definition = 'checkout' and status = 'COMPLETED' order by id desc limit 9)
            union all
            (select id from saga where definition = 'checkout' and status = 'REJECTED' order by id desc limit 1)
            """;

    /** Ten a millisecond, as UUIDv7 of the last minutes: what a busy shop would have left. */
    private static final String COPIES = """
            with copy as materialized (
                select (array[%s]::uuid[])[1 + n %% 10] as original,
                       (lpad(to_hex(%d + n / 10), 12, '0') || '70008' || lpad(to_hex(n), 15, '0'))::uuid as saga
                  from generate_series(%d::bigint, %d::bigint) n)
            insert into %s (%s)
            select %s
              from copy join %s o on o.%s = copy.original
             order by copy.saga
            """;

    private static final long AT_ONCE = 20_000;
    private static final long HISTORY = 20 * 60 * 1000;

    private StoredSagas() {}

    /**
     * Makes it as many sagas as wanted, all of them ended: forgets all if there are more, then adds copies. Returns when the databases have tidied
     * up and the relays have passed the copies. There must be no load, and some sagas must have ended in either way.
     *
     * @throws IllegalStateException when messages of the copies were published
     */
    public static void become(long wanted, RunningShop shop) throws SQLException, InterruptedException {
        Rest.await(shop);
        long published = Published.count(shop.kafka());
        List<UUID> originals;
        long stored;
        try (var orchestrator = shop.database(Part.ORCHESTRATOR)) {
            originals = originals(orchestrator);
            stored = count(orchestrator);
        }
        boolean anew = stored > wanted;
        var copies = new Copies(System.currentTimeMillis() - HISTORY, originals, anew ? wanted : wanted - stored);
        for (var part : Part.SERVICES) {
            try (var database = shop.database(part)) {
                // no triggers: what is copied is consistent
                execute(database, "set session_replication_role = replica");
                execute(database, "alter publication outbox set (publish = '')");
                store(database, anew, copies);
                execute(
                        database,
                        "alter publication outbox set (publish = 'insert')",
                        "vacuum (analyze)",
                        "checkpoint");
            }
        }
        Rest.await(shop);
        if (Published.count(shop.kafka()) != published) {
            throw new IllegalStateException("messages of sagas that were only stored have been published");
        }
    }

    /**
     * What to copy.
     *
     * @param birth of the first copy, in milliseconds
     */
    private record Copies(long birth, List<UUID> originals, long number) {
        String statement(SagaTable table, long from, long to) {
            var ids = originals.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
            var values = table.columns().stream()
                    .map(column -> table.copied(column, "copy.saga", "o." + column.name()))
                    .collect(Collectors.joining(", "));
            return COPIES.formatted(
                    ids,
                    birth,
                    from,
                    to - 1,
                    table.name(),
                    table.columnList(),
                    values,
                    temporary(table),
                    table.sagaColumn());
        }
    }

    private static void store(Connection database, boolean anew, Copies copies) throws SQLException {
        var tables = SagaTable.of(database);
        for (var table : tables) {
            execute(
                    database,
                    "create temporary table %s as select * from %s where %s = any ('{%s}')"
                            .formatted(
                                    temporary(table),
                                    table.name(),
                                    table.sagaColumn(),
                                    copies.originals().stream()
                                            .map(UUID::toString)
                                            .collect(Collectors.joining(","))));
        }
        if (anew) {
            execute(
                    database,
                    "truncate " + tables.stream().map(SagaTable::name).collect(Collectors.joining(", ")) + " cascade");
        }
        for (long from = 0; from < copies.number(); from += AT_ONCE) {
            for (var table : tables) {
                execute(database, copies.statement(table, from, Math.min(from + AT_ONCE, copies.number())));
            }
        }
    }

    private static String temporary(SagaTable table) {
        return "original_" + table.name();
    }

    private static List<UUID> originals(Connection orchestrator) throws SQLException {
        try (var statement = orchestrator.createStatement();
                var rows = statement.executeQuery(ORIGINALS)) {
            var originals = new ArrayList<UUID>();
            while (rows.next()) {
                originals.add(rows.getObject(1, UUID.class));
            }
            if (originals.size() < 10) {
                throw new IllegalStateException("too few sagas have ended in either way: " + originals);
            }
            return originals;
        }
    }

    private static long count(Connection orchestrator) throws SQLException {
        try (var statement = orchestrator.createStatement();
                var rows = statement.executeQuery("select count(*) from saga")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection database, String... statements) throws SQLException {
        try (var statement = database.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
