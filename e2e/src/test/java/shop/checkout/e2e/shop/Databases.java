package shop.checkout.e2e.shop;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the services' databases, as an auditor would. */
public final class Databases {

    private final HandOff handOff;

    Databases(HandOff handOff) {
        this.handOff = handOff;
    }

    /** Turns a row into something. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public <T> List<T> query(Part part, String sql, Row<T> row) {
        try (var connection = DriverManager.getConnection(
                        handOff.jdbcUrl(part), handOff.databaseUser(), handOff.databasePassword());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(part + ": " + sql, e);
        }
    }

    /** What must not be seen anywhere. */
    public String password() {
        return handOff.databasePassword();
    }

    public long count(Part part, String sql) {
        return query(part, sql, row -> row.getLong(1)).getFirst();
    }
}
