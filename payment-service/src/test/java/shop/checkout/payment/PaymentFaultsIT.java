package shop.checkout.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.payment.PaymentUnderTest.again;
import static shop.checkout.payment.PaymentUnderTest.charge;
import static shop.checkout.payment.PaymentUnderTest.newSaga;
import static shop.checkout.payment.PaymentUnderTest.refund;
import static shop.checkout.payment.PaymentUnderTest.refundedByHand;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.message.Message;
import shop.checkout.servers.TestServers;

/** Whatever breaks between a command, its call and its answer: money moves once. */
class PaymentFaultsIT {

    /** Undone, whether the refund came before or after the charge was known to have happened. */
    private static final List<List<String>> UNDONE =
            List.of(List.of("saga.undone.v1"), List.of("payment.charged.v1", "saga.undone.v1"));

    @TempDir
    private static Path folder;

    private static PaymentUnderTest payment;

    @BeforeAll
    static void start() {
        payment = PaymentUnderTest.start(
                folder,
                "checkout.payment.gateway.connect-timeout=200ms",
                "checkout.payment.gateway.read-timeout=800ms",
                "checkout.payment.gateway.intents.claim=8s",
                "checkout.payment.gateway.search-delay=0s");
    }

    @AfterAll
    static void stop() throws IOException {
        payment.close();
    }

    @Test
    void chargesOnceWhenItDiesBetweenTheCallAndItsSettlement() throws SQLException {
        var saga = newSaga();
        var postgres = TestServers.shared().postgres();
        try (var other = java.sql.DriverManager.getConnection(
                        payment.database(), postgres.username(), postgres.password());
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table payment_ledger in share mode"); // nothing can be settled
            payment.send(charge(saga, "pm_card_visa"));
            soon(() -> assertThat(payment.atProvider(saga)).contains("\"captures\":1"));
            payment.stop();
            other.rollback();
        }

        payment.restart();

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1"));
        assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900");
        assertThat(payment.atProvider(saga)).contains("\"captured\":24900", "\"captures\":1");
    }

    @Test
    void believesAPersonWhoHasGivenTheMoneyBackWhereTheProviderWillNot() {
        var saga = newSaga();
        payment.send(charge(saga, "pm_card_createDispute"));
        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1"));
        payment.send(refund(saga));
        soon(() -> assertThat(payment.attempts(saga)).isPositive());

        payment.send(refundedByHand(saga), refundedByHand(saga));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1", "saga.undone.v1"));
        soon(() -> assertThat(payment.openIntents(saga)).isEmpty());
        assertThat(payment.state(saga)).isEqualTo("REFUNDED");
        assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900", "REFUND 24900");
        assertThat(payment.atProvider(saga)).contains("\"refunds\":0");
    }

    @Test
    void movesNoMoneyTwiceWhenTheInboxHasForgotten() {
        var saga = newSaga();
        payment.send(charge(saga, "pm_card_visa"));
        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1"));

        payment.forget(saga);
        payment.send(charge(saga, "pm_card_visa"));
        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1", "payment.charged.v1"));
        assertThat(payment.replyTo(saga).lines().distinct()).hasSize(1);

        payment.send(refund(saga));
        soon(() -> assertThat(payment.replies(saga)).endsWith("saga.undone.v1").hasSize(3));
        payment.forget(saga);
        payment.send(refund(saga), charge(saga, "pm_card_visa"));

        soon(() -> assertThat(payment.replies(saga))
                .endsWith("saga.undone.v1", "saga.superseded.v1")
                .hasSize(5));
        assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900", "REFUND 24900");
        assertThat(payment.atProvider(saga)).contains("\"captures\":1", "\"refunds\":1");
    }

    @Test
    void chargesAnewInALaterAttemptAndNeverForAnEarlierOne() {
        var saga = newSaga();
        payment.send(charge(saga, "pm_card_visa"));
        soon(() -> assertThat(payment.replies(saga)).hasSize(1));
        payment.send(refund(saga));
        soon(() -> assertThat(payment.replies(saga)).hasSize(2));

        payment.send(charge(saga, "pm_card_visa", 2), again(charge(saga, "pm_card_visa"), 2));

        soon(() -> assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900", "REFUND 24900", "CAPTURE 24900"));
        assertThat(payment.atProvider(saga)).contains("\"captures\":2", "\"refunds\":1");
    }

    @Test
    void chargesOnceWhenTheAnswerIsLost() {
        var saga = newSaga();

        payment.send(charge(saga, "pm_sandbox_timeout_after_success"));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1"));
        assertThat(payment.atProvider(saga)).contains("\"captures\":1");
        assertThat(payment.calls("charge", "perform", "TIMEOUT")).isPositive();
    }

    @Test
    void refundsOnceWhenTheAnswersAreLost() {
        var saga = newSaga();

        payment.send(charge(saga, "pm_sandbox_timeout_after_success"), refund(saga));

        soon(() -> assertThat(payment.replies(saga)).isIn(UNDONE));
        assertThat(payment.atProvider(saga)).contains("\"captures\":1", "\"refunds\":1");
        soon(() -> assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900", "REFUND 24900"));
    }

    @Test
    void stopsCallingAProviderInTroubleAndGoesOnAfterwards() {
        var breaker = payment.bean(CircuitBreaker.class);
        var ill = IntStream.range(0, 40).mapToObj(i -> newSaga()).toList();
        payment.send(
                ill.stream().map(saga -> charge(saga, "pm_sandbox_slow_4000")).toArray(Message[]::new));
        soon(() -> assertThat(breaker.getState()).isNotEqualTo(CircuitBreaker.State.CLOSED));
        var before = newSaga();
        payment.send(charge(before, "pm_card_visa"));
        payment.send(ill.stream().map(PaymentUnderTest::refund).toArray(Message[]::new));

        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            assertThat(payment.replies(before)).containsExactly("payment.charged.v1");
            assertThat(ill).allSatisfy(saga -> assertThat(payment.replies(saga)).isIn(UNDONE));
        });
        assertThat(ill)
                .allSatisfy(saga -> assertThat(payment.atProvider(saga)).contains("\"captures\":1", "\"refunds\":1"));
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }
}
