package shop.checkout.consumer;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import shop.checkout.servers.TestServers;

/** Somebody else at the same server, with the right to end other people's connections. */
final class OtherConnection implements AutoCloseable {

    private final Connection connection;

    OtherConnection() {
        try {
            connection = TestServers.shared().postgres().connect("postgres");
        } catch (SQLException e) {
            throw new IllegalStateException("no second connection", e);
        }
    }

    /** Returns when the other backend is gone. */
    void terminate(String pid) {
        await().until(() -> {
            try (var statement = connection.prepareStatement(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid = ?::int")) {
                statement.setString(1, pid);
                return !statement.executeQuery().next();
            }
        });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the second connection cannot be closed", e);
        }
    }
}
