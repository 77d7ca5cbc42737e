package shop.checkout.boot;

import javax.sql.DataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Migrates a service's database, grants the other roles what they need, and ends. For places where the service itself is not
 * the owner of its tables (docs/adr/0013): the owner's name and password are then given to this command alone.
 */
public final class MigrateCommand {

    public static final String NAME = "migrate";

    private static final String APPLICATION = """
            grant select, insert, update, delete on all tables in schema public to %1$s;
            grant usage, select on all sequences in schema public to %1$s;
            grant execute on function make_daily_partition, drop_daily_partition to %1$s;
            revoke insert, update, delete on flyway_schema_history from %1$s;
            alter default privileges in schema public grant select, insert, update, delete on tables to %1$s;
            """;
    /** As {@link shop.checkout.relay.RelaySettings} says. */
    private static final String RELAY = """
            grant usage on schema public to %1$s;
            grant select on outbox to %1$s;
            grant select, insert, update on lease, relay_position to %1$s;
            """;

    /** What migrating needs, and no more. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class
    })
    @EnableConfigurationProperties(RoleProperties.class)
    static class Context {}

    private MigrateCommand() {}

    static boolean isAskedBy(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(NAME);
    }

    /**
     * Returns when the database is migrated and granted; harmless if repeated, and if others do the same at the same time.
     *
     * @param arguments as for the service
     * @throws RuntimeException when it cannot be done, such as for a role that does not exist yet; it ends the process with 1
     */
    public static void run(String... arguments) {
        var application = new SpringApplicationBuilder(Context.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF);
        try (var context = application.run(arguments)) {
            var jdbc = context.getBean(JdbcTemplate.class);
            var roles = context.getBean(RoleProperties.class);
            new TransactionTemplate(new JdbcTransactionManager(context.getBean(DataSource.class)))
                    .executeWithoutResult(_ -> grant(jdbc, roles));
        }
    }

    /** One at a time: PostgreSQL refuses a grant that meets another. */
    private static void grant(JdbcTemplate jdbc, RoleProperties roles) {
        jdbc.query("select pg_advisory_xact_lock(hashtext('roles'))", _ -> {});
        roles.application().ifPresent(role -> jdbc.execute(APPLICATION.formatted(role)));
        roles.relay().ifPresent(role -> jdbc.execute(RELAY.formatted(role)));
    }
}
