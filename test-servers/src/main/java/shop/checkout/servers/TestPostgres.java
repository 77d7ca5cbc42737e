package shop.checkout.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A running PostgreSQL 18 with logical replication, by its superuser. */
public record TestPostgres(String host, int port, String username, String password) {

    /** A connection of the superuser to the database. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), username, password);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    void createDatabase(String name) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " cannot be made", e);
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + host + ":" + port;
    }
}
