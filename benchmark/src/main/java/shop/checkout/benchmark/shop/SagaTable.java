package shop.checkout.benchmark.shop;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that holds rows of sagas, as the catalogue of its database describes it.
 *
 * @param columns those that a writer fills, in their order
 * @param sagaColumn the one that says whose row it is
 */
public record SagaTable(String name, List<Column> columns, String sagaColumn) {

    /** @param type as SQL writes it */
    public record Column(String name, String type, boolean required) {}

    /** By which a saga is known, depending on the table; the first that is there counts. */
    private static final List<String> SAGA_COLUMNS = List.of("saga_id", "order_id", "aggregateid");

    /** Partitions are reached by their root. What the database fills by itself is left out. */
    private static final String COLUMNS = """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
              from pg_class c join pg_attribute a on a.attrelid = c.oid
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
               and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
               and a.atttypid <> 'xid8'::regtype
             order by c.relname, a.attnum
            """;

    public SagaTable {
        columns = List.copyOf(columns);
    }

    /** All of a database, by name. */
    public static List<SagaTable> of(Connection database) throws SQLException {
        var tables = new ArrayList<SagaTable>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(COLUMNS)) {
            var columns = new ArrayList<Column>();
            var name = "";
            while (rows.next()) {
                if (!rows.getString(1).equals(name)) {
                    add(tables, name, columns);
                    columns.clear();
                    name = rows.getString(1);
                }
                columns.add(new Column(rows.getString(2), rows.getString(3), rows.getBoolean(4)));
            }
            add(tables, name, columns);
        }
        return List.copyOf(tables);
    }

    /**
     * What to write in place of a column's value to make a row of another saga out of it.
     *
     * @param saga how SQL speaks of the other saga's id
     * @param old how SQL speaks of the old value
     */
    String copied(Column column, String saga, String old) {
        if (column.name().equals(sagaColumn)) {
            return saga;
        }
        return switch (column.name()) {
            case "id" -> "uuidv7()";
            case "key" -> "'copy-' || " + saga;
            default -> old;
        };
    }

    /** Its columns, parted by commas. */
    public String columnList() {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }

    private static void add(List<SagaTable> tables, String name, List<Column> columns) {
        var names = columns.stream().map(Column::name).toList();
        if (name.equals("saga")) {
            tables.add(new SagaTable(name, columns, "id"));
        } else {
            SAGA_COLUMNS.stream()
                    .filter(names::contains)
                    .findFirst()
                    .ifPresent(saga -> tables.add(new SagaTable(name, columns, saga)));
        }
    }
}
