package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether a standby that takes over will have all that was published by then, as far as that is a matter of settings. PostgreSQL shows a
 * relay what is committed here, not what a synchronous standby has, unless it is told to wait for the standby's slot.
 *
 * @see <a href="https://www.postgresql.org/docs/18/runtime-config-replication.html">synchronized_standby_slots</a>
 */
final class Standbys {

    /** All of it may be read by anybody; who is connected as a standby may not. */
    private static final String READ = """
            select current_setting('synchronous_standby_names') <> '' as synchronous,
                   exists (select from pg_replication_slots where slot_name = ? and failover) as failover,
                   current_setting('synchronized_standby_slots') <> '' as waits,
                   (select string_agg(name, ', ' order by name)
                      from (select trim(both ' "' from part) as name
                              from regexp_split_to_table(current_setting('synchronized_standby_slots'), ',') as part) as named
                     where name <> ''
                       and not exists (select from pg_replication_slots where slot_name = name and slot_type = 'physical')) as missing
            """;

    private Standbys() {}

    /** @return what is wrong with the settings of this database, from which the slot is read */
    static Optional<String> fault(Connection connection, String slot) throws SQLException {
        try (var query = connection.prepareStatement(READ)) {
            query.setString(1, slot);
            try (var row = query.executeQuery()) {
                row.next();
                var missing = Optional.ofNullable(row.getString("missing"));
                if (missing.isPresent()) {
                    return missing.map(
                            "synchronized_standby_slots names %s, which is no physical slot here: nothing is published until it is"
                                    ::formatted);
                }
                if (!row.getBoolean("synchronous")) {
                    return Optional.empty();
                }
                if (!row.getBoolean("failover")) {
                    return Optional.of("there is a synchronous standby, but the slot is no failover slot");
                }
                return row.getBoolean("waits")
                        ? Optional.empty()
                        : Optional.of(
                                "there is a synchronous standby, but synchronized_standby_slots does not name its slot:"
                                        + " what is published may be missing there when it takes over");
            }
        }
    }
}
