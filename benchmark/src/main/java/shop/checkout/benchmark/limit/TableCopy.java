package shop.checkout.benchmark.limit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import shop.checkout.benchmark.shop.SagaTable;

/** Makes an empty table like one of the system's in another database: its columns, checks, keys and indexes, without partitions and foreign keys. */
final class TableCopy {
    /** Keys and checks that need no other table and no column that was left out. */
    private static final String CONSTRAINTS = """
            select pg_get_constraintdef(c.oid)
              from pg_constraint c
             where c.conrelid = ?::regclass and c.contype in ('p', 'u', 'c')
               and not exists (select from pg_attribute a
                                where a.attrelid = c.conrelid and a.attnum = any (c.conkey) and not a.attname = any (?))
            """;

    private static final String INDEXES = """
            select pg_get_indexdef(i.indexrelid)
              from pg_index i
             where i.indrelid = ?::regclass
               and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
            """;

    private TableCopy() {}

    /** The statements that make it in a schema. */
    static List<String> statements(Connection database, String schema, SagaTable table) throws SQLException {
        var name = schema + "." + table.name();
        var statements = new ArrayList<String>();
        statements.add(table.columns().stream()
                .map(column -> column.name() + " " + column.type() + (column.required() ? " not null" : ""))
                .collect(Collectors.joining(", ", "create table " + name + " (", ")")));
        try (var query = database.prepareStatement(CONSTRAINTS)) {
            query.setString(1, table.name());
            query.setArray(
                    2,
                    database.createArrayOf(
                            "name",
                            table.columns().stream().map(SagaTable.Column::name).toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    statements.add("alter table " + name + " add " + rows.getString(1));
                }
            }
        }
        try (var query = database.prepareStatement(INDEXES)) {
            query.setString(1, table.name());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    statements.add(
                            rows.getString(1).replace(" ON ONLY ", " ON ").replace(" public.", " " + schema + "."));
                }
            }
        }
        return List.copyOf(statements);
    }
}
