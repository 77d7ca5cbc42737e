package shop.checkout.shipping;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.contract.shipping.CancelPickUp;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.effect.EffectBatch;
import shop.checkout.effect.Effects;
import shop.checkout.intent.IntentRunner;
import shop.checkout.intent.IntentSettings;
import shop.checkout.intent.RemoteEffects;
import shop.checkout.participant.CommandHandlers;
import shop.checkout.participant.Participants;
import shop.checkout.shipping.carrier.ParcelRequest;
import shop.checkout.shipping.carrier.PickUpRequest;

/** What shipping listens to, who answers, and who calls the carrier. */
@Configuration(proxyBeanMethods = false)
class ShippingMessaging {

    @Bean
    IntentRunner<?, ?> carrierIntents(
            RemoteEffects remoteEffects,
            Effects<ParcelRequest, CreateShipment.Reply> shipments,
            Effects<PickUpRequest, SchedulePickUp.Reply> pickUps,
            CircuitBreaker breaker,
            IntentSettings settings) {
        return remoteEffects.run(List.of(shipments, pickUps), breaker, settings);
    }

    @Bean
    NewTopic shippingCommandsTopic() {
        return OwnTopic.named(Topics.SHIPPING_COMMANDS);
    }

    @Bean
    TopicSubscription shippingCommands(
            Participants participants,
            Effects<ParcelRequest, CreateShipment.Reply> shipments,
            Effects<PickUpRequest, SchedulePickUp.Reply> pickUps,
            IntentRunner<?, ?> intents) {
        var handlers = aboutShipments(shipments).and(aboutPickUps(pickUps));
        return participants.subscribe(Topics.SHIPPING_COMMANDS, handlers, intents);
    }

    private static CommandHandlers<EffectBatch<ParcelRequest, CreateShipment.Reply>> aboutShipments(
            Effects<ParcelRequest, CreateShipment.Reply> shipments) {
        return CommandHandlers.in(shipments)
                .on(
                        CreateShipment.class,
                        (batch, command, key) -> batch.ask(new ParcelRequest(command.address(), command.lines()), key))
                .on(CancelShipment.class, (batch, _, key) -> batch.undo(key));
    }

    private static CommandHandlers<EffectBatch<PickUpRequest, SchedulePickUp.Reply>> aboutPickUps(
            Effects<PickUpRequest, SchedulePickUp.Reply> pickUps) {
        return CommandHandlers.in(pickUps)
                .on(
                        SchedulePickUp.class,
                        (batch, command, key) -> batch.ask(
                                new PickUpRequest(command.orderId(), command.address(), command.lines()), key))
                .on(CancelPickUp.class, (batch, _, key) -> batch.undo(key));
    }
}
