package shop.checkout.boot;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import shop.checkout.relay.RelaySettings.Tuning;
import shop.checkout.relay.RelaySettings.Waits;

/**
 * How the outbox is published.
 *
 * @param enabled false for a replica that must never publish
 * @param username of the database role that replicates; the service's own role where none is given
 * @param password of that role
 * @param coalesce how long a busy relay waits for a batch to grow while there is processor time to spare; an idle one does not wait
 * @param coalesceMost how long it waits when there is none
 * @param compression of what is sent to Kafka
 */
@ConfigurationProperties("checkout.relay")
record RelayProperties(
        @DefaultValue("true") boolean enabled,
        Optional<String> username,
        Optional<String> password,
        @DefaultValue("4ms") Duration coalesce,
        @DefaultValue("25ms") Duration coalesceMost,
        @DefaultValue("lz4") String compression) {

    Tuning tuning() {
        return Tuning.DEFAULT.withCoalesce(new Waits(coalesce, coalesceMost)).withCompression(compression);
    }
}
