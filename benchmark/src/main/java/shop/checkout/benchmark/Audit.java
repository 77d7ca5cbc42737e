package shop.checkout.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import shop.checkout.benchmark.shop.Books;

/** What the orchestrator's books have gained since the audit began, apart from what was put there or taken away by the benchmark itself. */
final class Audit {
    private final Connection orchestrator;
    private Books before;
    private Books found = new Books(Map.of());

    Audit(Connection orchestrator) throws SQLException {
        this.orchestrator = orchestrator;
        this.before = Books.of(orchestrator);
    }

    /** Something that changes the books, and does not count. */
    interface Change {
        void make() throws SQLException, InterruptedException;
    }

    void without(Change change) throws SQLException, InterruptedException {
        found = found();
        change.make();
        before = Books.of(orchestrator);
    }

    Books found() throws SQLException {
        return found.plus(Books.of(orchestrator).since(before));
    }
}
