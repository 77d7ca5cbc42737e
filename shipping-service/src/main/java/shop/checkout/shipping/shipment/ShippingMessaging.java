package shop.checkout.shipping.shipment;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.effect.EffectBatch;
import shop.checkout.effect.Effects;
import shop.checkout.effect.Outcome;
import shop.checkout.effect.Standing;
import shop.checkout.intent.IntentRunner;
import shop.checkout.intent.IntentSettings;
import shop.checkout.intent.RemoteEffects;
import shop.checkout.participant.CommandHandlers;
import shop.checkout.participant.Participants;
import shop.checkout.shipping.carrier.ParcelRequest;
import shop.checkout.time.HybridClock;

/** What shipping listens to, who answers, and who calls the carrier. */
@Configuration(proxyBeanMethods = false)
class ShippingMessaging {

    @Bean
    Effects<ParcelRequest, CreateShipment.Reply> shipments(
            JdbcTemplate jdbc,
            Codec codec,
            HybridClock hybridClock,
            Counterpart<ParcelRequest> carrier,
            CounterpartTimes times,
            Clock clock) {
        var table = new ShipmentTable(jdbc, codec, hybridClock);
        return new Effects<>(table, carrier, new ShipmentReplies(), times, clock);
    }

    @Bean
    IntentRunner<Standing<ParcelRequest>, Outcome> shipmentIntentRunner(
            RemoteEffects remoteEffects,
            Effects<ParcelRequest, CreateShipment.Reply> shipments,
            CircuitBreaker breaker,
            IntentSettings settings) {
        return remoteEffects.run(shipments, breaker, settings);
    }

    @Bean
    NewTopic shippingCommandsTopic() {
        return OwnTopic.named(Topics.SHIPPING_COMMANDS);
    }

    @Bean
    TopicSubscription shippingCommands(
            Participants participants,
            Effects<ParcelRequest, CreateShipment.Reply> shipments,
            IntentRunner<Standing<ParcelRequest>, Outcome> intents) {
        return participants.subscribe(Topics.SHIPPING_COMMANDS, commands(shipments), intents);
    }

    static CommandHandlers<EffectBatch<ParcelRequest, CreateShipment.Reply>> commands(
            Effects<ParcelRequest, CreateShipment.Reply> shipments) {
        return CommandHandlers.in(shipments)
                .on(
                        CreateShipment.class,
                        (batch, command, key) -> batch.ask(new ParcelRequest(command.address(), command.lines()), key))
                .on(CancelShipment.class, (batch, _, key) -> batch.undo(key));
    }
}
