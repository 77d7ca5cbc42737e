package shop.checkout.shipping.shipment;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.effect.CallTimers;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.effect.Effects;
import shop.checkout.shipping.carrier.ParcelRequest;
import shop.checkout.time.HybridClock;

/** What commands about shipments work on. */
@Configuration(proxyBeanMethods = false)
class ShipmentConfiguration {

    @Bean
    Effects<ParcelRequest, CreateShipment.Reply> shipments(
            JdbcTemplate jdbc,
            Codec codec,
            HybridClock hybridClock,
            Counterpart<ParcelRequest> carrier,
            CallTimers calls,
            CounterpartTimes times,
            Clock clock) {
        var table = new ShipmentTable(jdbc, codec, hybridClock);
        return new Effects<>(table, calls.timed("shipment", carrier), new ShipmentReplies(), times, clock);
    }
}
