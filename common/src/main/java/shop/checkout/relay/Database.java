package shop.checkout.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The relay's own way to its database: neither the lease nor the position may wait for a connection of a pool that business has
 * used up.
 */
final class Database {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final RelaySettings settings;
    private final Properties address;

    /** @throws IllegalArgumentException when the JDBC URL is not PostgreSQL's */
    Database(RelaySettings settings) {
        this.settings = settings;
        var parsed = Driver.parseURL(settings.jdbcUrl(), null);
        if (parsed == null) {
            throw new IllegalArgumentException("relay %s needs a URL like jdbc:postgresql://host:port/database, not %s"
                    .formatted(settings.slot(), settings.jdbcUrl()));
        }
        this.address = parsed;
    }

    PGSimpleDataSource dataSource(String purpose) {
        var source = new PGSimpleDataSource();
        source.setUrl(settings.jdbcUrl());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setApplicationName(purpose + " " + settings.slot());
        source.setConnectTimeout(Math.toIntExact(CONNECT_LIMIT.toSeconds()));
        source.setLoginTimeout(Math.toIntExact(CONNECT_LIMIT.toSeconds()));
        source.setTcpKeepAlive(true);
        return source;
    }

    /** For one thread at a time; a call that hangs ends after the limit. */
    Connection connect(String purpose, Duration limit) throws SQLException {
        var source = dataSource(purpose);
        source.setSocketTimeout(Math.toIntExact(limit.toSeconds()));
        return source.getConnection();
    }

    String host() {
        return property(PGProperty.PG_HOST);
    }

    String port() {
        return property(PGProperty.PG_PORT);
    }

    String name() {
        return property(PGProperty.PG_DBNAME);
    }

    /** The URL's parameters that are not the address, such as those of TLS. */
    Properties parameters() {
        var parameters = new Properties();
        for (var name : address.stringPropertyNames()) {
            if (!name.equals(PGProperty.PG_HOST.getName())
                    && !name.equals(PGProperty.PG_PORT.getName())
                    && !name.equals(PGProperty.PG_DBNAME.getName())) {
                parameters.setProperty(name, address.getProperty(name));
            }
        }
        return parameters;
    }

    private String property(PGProperty property) {
        var value = property.getOrDefault(address);
        if (value == null) {
            throw new IllegalArgumentException(settings.jdbcUrl() + " lacks " + property.getName());
        }
        return value;
    }
}
