package shop.checkout.boot;

import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The database roles beside the owner of the tables; where none are given the owner does everything.
 *
 * @param application the role that the service works with
 * @param relay the role that publishes the outbox
 */
@ConfigurationProperties("checkout.roles")
record RoleProperties(Optional<String> application, Optional<String> relay) {

    RoleProperties {
        Stream.of(application, relay).flatMap(Optional::stream).forEach(RoleProperties::check);
    }

    private static void check(String role) {
        if (!role.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("'" + role + "' is no plain lower-case role name");
        }
    }
}
