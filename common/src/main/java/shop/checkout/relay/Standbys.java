package shop.checkout.relay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a standby that takes over will have all that was published by then, and whether a standby holds up what is to be published.
 * PostgreSQL shows a relay what is committed here, not what a synchronous standby has, unless it is told to wait for the standby's slot;
 * then it waits as long as that takes, and nothing else tells. Used by one thread.
 *
 * @see <a href="https://www.postgresql.org/docs/18/runtime-config-replication.html">synchronized_standby_slots</a>
 */
final class Standbys {

    private static final Logger LOG = LoggerFactory.getLogger(Standbys.class);
    private static final String NOWHERE = "0/0";

    /** All of it may be read by anybody; who is connected as a standby may not. */
    private static final String READ = """
            with named as (
                select name, slot_name is null as missing, active, coalesce(restart_lsn, '0/0') as confirmed
                  from (select trim(both ' "' from part) as name
                          from regexp_split_to_table(current_setting('synchronized_standby_slots'), ',') as part) as part
                  left join pg_replication_slots on slot_name = name and slot_type = 'physical'
                 where name <> '')
            select current_setting('synchronous_standby_names') <> '' as synchronous,
                   exists (select from pg_replication_slots where slot_name = ? and failover) as failover,
                   exists (select from named) as waits,
                   (select string_agg(name, ', ' order by name) from named where missing) as missing,
                   (select string_agg(name || case when active then '' else ' (nobody reads it)' end, ', ' order by name)
                      from named where not missing and confirmed < ?::pg_lsn) as behind,
                   pg_current_wal_flush_lsn()::text as written
            """;

    private final Connection connection;
    private final String slot;
    private String writtenBefore = NOWHERE;
    private Optional<String> told = Optional.empty();

    /** @param slot from which the relay reads */
    Standbys(Connection connection, String slot) {
        this.connection = connection;
        this.slot = slot;
    }

    /** Tells of a fault when it is new, and when it is over. */
    void look() throws SQLException {
        var fault = fault();
        if (!fault.equals(told)) {
            fault.ifPresentOrElse(
                    it -> LOG.atError().addKeyValue("slot", slot).log("ALARM: {}", it),
                    () -> LOG.atInfo().addKeyValue("slot", slot).log("standbys are as they should be again"));
            told = fault;
        }
    }

    /** Nothing has been seen yet. */
    void forget() {
        writtenBefore = NOWHERE;
        told = Optional.empty();
    }

    /** @return what is wrong with this database, seen since the last look */
    Optional<String> fault() throws SQLException {
        try (var query = connection.prepareStatement(READ)) {
            query.setString(1, slot);
            query.setString(2, writtenBefore);
            try (var row = query.executeQuery()) {
                row.next();
                writtenBefore = row.getString("written");
                return fault(row);
            }
        }
    }

    private static Optional<String> fault(ResultSet row) throws SQLException {
        var missing = row.getString("missing");
        if (missing != null) {
            return Optional.of(
                    "synchronized_standby_slots names %s, which is no physical slot here: nothing is published until it is"
                            .formatted(missing));
        }
        var behind = row.getString("behind");
        if (behind != null) {
            return Optional.of(
                    "synchronized_standby_slots names %s: what was written seconds ago is not confirmed there,"
                                    .formatted(behind)
                            + " and is not published until it is");
        }
        if (!row.getBoolean("synchronous")) {
            return Optional.empty();
        }
        if (!row.getBoolean("failover")) {
            return Optional.of("there is a synchronous standby, but the slot is no failover slot");
        }
        return row.getBoolean("waits")
                ? Optional.empty()
                : Optional.of("there is a synchronous standby, but synchronized_standby_slots does not name its slot:"
                        + " what is published may be missing there when it takes over");
    }
}
