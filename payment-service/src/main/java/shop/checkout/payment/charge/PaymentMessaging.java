package shop.checkout.payment.charge;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.consumer.TopicSubscription;
import shop.checkout.contract.Topics;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.RefundPayment;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.effect.CallTimers;
import shop.checkout.effect.Counterpart;
import shop.checkout.effect.CounterpartTimes;
import shop.checkout.effect.EffectBatch;
import shop.checkout.effect.Effects;
import shop.checkout.intent.IntentRunner;
import shop.checkout.intent.IntentSettings;
import shop.checkout.intent.RemoteEffects;
import shop.checkout.participant.CommandHandlers;
import shop.checkout.participant.Participants;
import shop.checkout.payment.gateway.PaymentRequest;
import shop.checkout.payment.gateway.RefundRequest;
import shop.checkout.time.HybridClock;

/** What payment listens to, who answers, and who calls the provider. */
@Configuration(proxyBeanMethods = false)
class PaymentMessaging {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Bean
    Effects<PaymentRequest, ChargePayment.Reply> charges(
            JdbcTemplate jdbc,
            HybridClock hybridClock,
            Counterpart<PaymentRequest> provider,
            CallTimers calls,
            CounterpartTimes times,
            Clock clock) {
        var timed = calls.timed("charge", provider);
        return new Effects<>(new ChargeTable(jdbc, hybridClock), timed, new ChargeReplies(), times, clock);
    }

    @Bean
    RefundTable refundTable(JdbcTemplate jdbc, Codec codec, HybridClock hybridClock) {
        return new RefundTable(jdbc, codec, hybridClock);
    }

    /** They may be asked for at any time: the provider gives back no more than it took, whatever keys it has forgotten. */
    @Bean
    Effects<RefundRequest, RefundReturn.Reply> refunds(
            RefundTable table,
            Counterpart<RefundRequest> provider,
            CallTimers calls,
            CounterpartTimes times,
            Clock clock) {
        var always = new CounterpartTimes(FOR_EVER, times.lookupDelay());
        return new Effects<>(table, calls.timed("refund", provider), new RefundReplies(), always, clock);
    }

    @Bean
    IntentRunner<?, ?> paymentIntentRunner(
            RemoteEffects remoteEffects,
            Effects<PaymentRequest, ChargePayment.Reply> charges,
            Effects<RefundRequest, RefundReturn.Reply> refunds,
            CircuitBreaker breaker,
            IntentSettings settings) {
        return remoteEffects.run(List.of(refunds, charges), breaker, settings);
    }

    @Bean
    NewTopic paymentCommandsTopic() {
        return OwnTopic.named(Topics.PAYMENT_COMMANDS);
    }

    @Bean
    TopicSubscription paymentCommands(
            Participants participants,
            Effects<PaymentRequest, ChargePayment.Reply> charges,
            Effects<RefundRequest, RefundReturn.Reply> refunds,
            RefundTable refundTable,
            IntentRunner<?, ?> intents) {
        // refunds first: they lock their rows before those of charges, also when they are settled
        var handlers = aboutReturns(new ReturnedOrders(refunds, refundTable)).and(aboutCharges(charges));
        return participants.subscribe(Topics.PAYMENT_COMMANDS, handlers, intents);
    }

    private static CommandHandlers<Refunds> aboutReturns(ReturnedOrders orders) {
        return CommandHandlers.in(orders).on(RefundReturn.class, Refunds::refund);
    }

    private static CommandHandlers<EffectBatch<PaymentRequest, ChargePayment.Reply>> aboutCharges(
            Effects<PaymentRequest, ChargePayment.Reply> charges) {
        return CommandHandlers.in(charges)
                .on(
                        ChargePayment.class,
                        (batch, command, key) -> batch.ask(new PaymentRequest(command.method(), command.amount()), key))
                .on(RefundPayment.class, (batch, _, key) -> batch.undo(key));
    }
}
