package shop.checkout.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.payment.PaymentUnderTest.again;
import static shop.checkout.payment.PaymentUnderTest.charge;
import static shop.checkout.payment.PaymentUnderTest.newSaga;
import static shop.checkout.payment.PaymentUnderTest.refund;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;

/** Commands that arrive by Kafka move money at the provider once, and are answered through the outbox. */
class PaymentServiceIT {

    @TempDir
    private static Path folder;

    private static PaymentUnderTest payment;

    private final SagaId saga = newSaga();

    @BeforeAll
    static void start() {
        payment = PaymentUnderTest.start(folder, "checkout.payment.gateway.search-delay=0s");
    }

    @AfterAll
    static void stop() throws IOException {
        payment.close();
    }

    @Test
    void takesTheMoney() {
        payment.send(charge(saga, "pm_card_visa"));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1"));
        assertThat(payment.state(saga)).isEqualTo("CHARGED");
        assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900");
        assertThat(payment.atProvider(saga)).contains("\"captured\":24900", "\"captures\":1");
        assertThat(payment.openIntents(saga)).isEmpty();
    }

    @Test
    void tellsWhyACardIsDeclined() {
        payment.send(charge(saga, "pm_card_chargeDeclinedInsufficientFunds"));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.declined.v1"));
        assertThat(payment.calls("charge", "perform", "REFUSED")).isPositive();
        assertThat(payment.state(saga)).isEqualTo("DECLINED");
        assertThat(payment.ledger(saga)).isEmpty();
        assertThat(payment.api("/api/v1/charges/" + saga).body()).contains("Your card has insufficient funds.");
    }

    @Test
    void declinesAPaymentMethodThatDoesNotExist() {
        payment.send(charge(saga, "pm_nobody_knows"));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.declined.v1"));
        assertThat(payment.api("/api/v1/charges/" + saga).body()).contains("unknown payment method");
    }

    @Test
    void givesTheMoneyBack() {
        payment.send(charge(saga, "pm_card_visa"));
        soon(() -> assertThat(payment.replies(saga)).hasSize(1));

        payment.send(refund(saga));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1", "saga.undone.v1"));
        assertThat(payment.state(saga)).isEqualTo("REFUNDED");
        assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900", "REFUND 24900");
        assertThat(payment.atProvider(saga)).contains("\"refunded\":24900", "\"captures\":1", "\"refunds\":1");
        assertThat(payment.calls("charge", "perform", "DONE")).isPositive();
        assertThat(payment.calls("charge", "reverse", "DONE")).isPositive();
    }

    @Test
    void undoesBeforeItDoesAndThenNeverDoes() {
        payment.send(refund(saga), charge(saga, "pm_card_visa"));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("saga.undone.v1", "saga.superseded.v1"));
        assertThat(payment.state(saga)).isEqualTo("BLOCKED");
        assertThat(payment.atProvider(saga)).isEmpty();
    }

    @Test
    void undoesAChargeWhoseCallIsUnderWay() {
        payment.send(charge(saga, "pm_sandbox_slow_4000"));
        soon(() -> assertThat(payment.state(saga)).isEqualTo("PENDING"));

        payment.send(refund(saga));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("saga.undone.v1"));
        assertThat(payment.state(saga)).isEqualTo("REFUNDED");
        assertThat(payment.ledger(saga)).containsExactly("CAPTURE 24900", "REFUND 24900");
        soon(() -> assertThat(payment.openIntents(saga)).isEmpty());
        assertThat(payment.atProvider(saga)).contains("\"captures\":1", "\"refunds\":1");
    }

    @Test
    void staysSilentToAReplayAndAnswersAgainWhenAsked() {
        payment.send(charge(saga, "pm_card_visa"));
        soon(() -> assertThat(payment.replies(saga)).hasSize(1));

        payment.send(charge(saga, "pm_card_visa"), again(charge(saga, "pm_card_visa"), 2));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1", "payment.charged.v1"));
        assertThat(payment.atProvider(saga)).contains("\"captures\":1");
    }

    @Test
    void repeatsACallThatFailed() {
        payment.send(charge(saga, "pm_sandbox_error500_once"));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1"));
        assertThat(payment.calls("charge", "perform", "TROUBLE")).isPositive();
        assertThat(payment.atProvider(saga)).contains("\"captures\":1");
    }

    @Test
    void findsThePaymentOfACallThatSucceededAndAnsweredWithAnError() {
        payment.send(charge(saga, "pm_sandbox_error500_after_success"));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1"));
        assertThat(payment.atProvider(saga)).contains("\"captures\":1");
    }

    @Test
    void undoesACallThatNeverGetsADefiniteAnswer() {
        payment.send(charge(saga, "pm_sandbox_error500"));
        soon(() -> assertThat(payment.openIntents(saga)).isNotEmpty());

        payment.send(refund(saga));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("saga.undone.v1"));
        assertThat(payment.state(saga)).isEqualTo("VOIDED");
        assertThat(payment.ledger(saga)).isEmpty();
        assertThat(payment.atProvider(saga)).isEmpty();
    }

    @Test
    void repeatsARefundThatFailed() {
        payment.send(charge(saga, "pm_sandbox_refund_error500_after_success"));
        soon(() -> assertThat(payment.replies(saga)).hasSize(1));

        payment.send(refund(saga));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.charged.v1", "saga.undone.v1"));
        assertThat(payment.atProvider(saga)).contains("\"refunds\":1");
    }

    @Test
    void callsSideBySide() {
        var sagas = Stream.generate(PaymentUnderTest::newSaga).limit(50).toList();
        var started = Instant.now();

        payment.send(sagas.stream().map(it -> charge(it, "pm_sandbox_slow_500")).toArray(Message[]::new));

        soon(() -> assertThat(sagas)
                .allSatisfy(it -> assertThat(payment.replies(it)).containsExactly("payment.charged.v1")));
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(24)); // 25 s one by one
    }

    @Test
    void showsChargesRefundsAndSums() {
        payment.send(charge(saga, "pm_card_visa"), refund(saga));
        soon(() -> assertThat(payment.state(saga)).isEqualTo("REFUNDED"));

        assertThat(payment.api("/api/v1/charges/" + saga).body())
                .contains(
                        "\"orderId\":\"" + saga + "\"",
                        "\"state\":\"REFUNDED\"",
                        "\"amount\":{\"amount\":\"249.00\",\"currency\":\"EUR\"}");
        assertThat(payment.api("/api/v1/charges/" + saga + "/ledger").body())
                .contains("\"kind\":\"CAPTURE\"", "\"kind\":\"REFUND\"", "charge-payment/undo");
        assertThat(payment.api("/api/v1/refunds/" + saga).body()).contains("\"refundId\":\"re_");
        assertThat(payment.api("/api/v1/refunds?limit=200").body()).contains(saga.toString());
        assertThat(payment.api("/api/v1/charges?state=REFUNDED&limit=200").body())
                .contains(saga.toString());
        assertThat(payment.api("/api/v1/charges/summary").body())
                .contains("\"REFUNDED\":", "\"currency\":\"EUR\",\"captured\":");
    }

    @Test
    void answersQuestionsThatMakeNoSenseWithProblems() {
        assertThat(payment.api("/api/v1/charges/" + saga).statusCode()).isEqualTo(404);
        assertThat(payment.api("/api/v1/charges/" + saga).headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(payment.api("/api/v1/charges/no-uuid").statusCode()).isEqualTo(400);
        assertThat(payment.api("/api/v1/charges?limit=0").statusCode()).isEqualTo(400);
        assertThat(payment.api("/api/v1/charges?limit=all").statusCode()).isEqualTo(400);
        assertThat(payment.api("/api/v1/charges?cursor=nonsense").statusCode()).isEqualTo(400);
        assertThat(payment.api("/api/v1/charges?state=LOST").statusCode()).isEqualTo(400);
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }
}
