package shop.checkout.shipping.pickup;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.effect.CallTimers;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.effect.Effects;
import shop.checkout.shipping.carrier.PickUpRequest;
import shop.checkout.time.HybridClock;

/** What commands about pick-ups work on. */
@Configuration(proxyBeanMethods = false)
class PickUpConfiguration {

    @Bean
    Effects<PickUpRequest, SchedulePickUp.Reply> pickUps(
            JdbcTemplate jdbc,
            Codec codec,
            HybridClock hybridClock,
            Counterpart<PickUpRequest> carrier,
            CallTimers calls,
            CounterpartTimes times,
            Clock clock) {
        var table = new PickUpTable(jdbc, codec, hybridClock);
        return new Effects<>(table, calls.timed("pick-up", carrier), new PickUpReplies(), times, clock);
    }
}
