package shop.checkout.payment.charge;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.RefundPayment;
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
import shop.checkout.payment.gateway.PaymentRequest;
import shop.checkout.time.HybridClock;

/** What payment listens to, who answers, and who calls the provider. */
@Configuration(proxyBeanMethods = false)
class PaymentMessaging {

    @Bean
    Effects<PaymentRequest, ChargePayment.Reply> charges(
            JdbcTemplate jdbc,
            HybridClock hybridClock,
            Counterpart<PaymentRequest> provider,
            CounterpartTimes times,
            Clock clock) {
        return new Effects<>(new ChargeTable(jdbc, hybridClock), provider, new ChargeReplies(), times, clock);
    }

    @Bean
    IntentRunner<Standing<PaymentRequest>, Outcome> chargeIntents(
            RemoteEffects remoteEffects,
            Effects<PaymentRequest, ChargePayment.Reply> charges,
            CircuitBreaker breaker,
            IntentSettings settings) {
        return remoteEffects.run(charges, breaker, settings);
    }

    @Bean
    NewTopic paymentCommandsTopic() {
        return OwnTopic.named(Topics.PAYMENT_COMMANDS);
    }

    @Bean
    TopicSubscription paymentCommands(
            Participants participants,
            Effects<PaymentRequest, ChargePayment.Reply> charges,
            IntentRunner<Standing<PaymentRequest>, Outcome> intents) {
        return participants.subscribe(Topics.PAYMENT_COMMANDS, commands(charges), intents);
    }

    static CommandHandlers<EffectBatch<PaymentRequest, ChargePayment.Reply>> commands(
            Effects<PaymentRequest, ChargePayment.Reply> charges) {
        return CommandHandlers.in(charges)
                .on(
                        ChargePayment.class,
                        (batch, command, key) -> batch.ask(new PaymentRequest(command.method(), command.amount()), key))
                .on(RefundPayment.class, (batch, _, key) -> batch.undo(key));
    }
}
