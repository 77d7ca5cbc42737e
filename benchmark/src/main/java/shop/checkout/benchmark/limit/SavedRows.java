package shop.checkout.benchmark.limit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import shop.checkout.benchmark.shop.SagaTable;

/**
 * The rows that one real saga left in one table, to be written again for other sagas.
 *
 * @param schema where they are written to
 * @param rows each with its values as text, in the order of the table's columns
 */
record SavedRows(String schema, SagaTable table, List<List<@Nullable String>> rows) {

    static SavedRows of(Connection database, String schema, SagaTable table, UUID saga) throws SQLException {
        var select = "select %s from %s where %s = ?".formatted(table.columnList(), table.name(), table.sagaColumn());
        try (var query = database.prepareStatement(select)) {
            query.setObject(1, saga);
            try (var found = query.executeQuery()) {
                var rows = new ArrayList<List<@Nullable String>>();
                while (found.next()) {
                    var row = new ArrayList<@Nullable String>();
                    for (int i = 1; i <= table.columns().size(); i++) {
                        row.add(found.getString(i));
                    }
                    rows.add(row);
                }
                return new SavedRows(schema, table, rows);
            }
        }
    }

    /** Writes them as rows of other sagas, with one batch. */
    void write(Connection database, List<UUID> sagas) throws SQLException {
        var marks = String.join(", ", table.columns().stream().map(_ -> "?").toList());
        var insert = "insert into %s (%s) values (%s)".formatted(qualifiedName(), table.columnList(), marks);
        try (var statement = database.prepareStatement(insert)) {
            for (var saga : sagas) {
                for (int row = 0; row < rows.size(); row++) {
                    for (int i = 0; i < table.columns().size(); i++) {
                        statement.setObject(i + 1, value(saga, row, i), Types.OTHER); // the server knows the type
                    }
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    String qualifiedName() {
        return schema + "." + table.name();
    }

    private @Nullable String value(UUID saga, int row, int column) {
        var name = table.columns().get(column).name();
        if (name.equals(table.sagaColumn())) {
            return saga.toString();
        }
        return switch (name) {
            case "id" -> new UUID(saga.getMostSignificantBits(), saga.getLeastSignificantBits() + row).toString();
            case "key" -> saga.toString();
            default -> rows.get(row).get(column);
        };
    }
}
