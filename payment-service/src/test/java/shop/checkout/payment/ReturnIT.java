package shop.checkout.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static shop.checkout.payment.PaymentUnderTest.again;
import static shop.checkout.payment.PaymentUnderTest.charge;
import static shop.checkout.payment.PaymentUnderTest.newSaga;
import static shop.checkout.payment.PaymentUnderTest.refund;
import static shop.checkout.payment.PaymentUnderTest.refundReturn;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import shop.checkout.contract.Money;
import shop.checkout.message.Message;
import shop.checkout.message.SagaId;

/** The money of a returned order is given back once, or not at all and then with a reason. */
class ReturnIT {

    @TempDir
    private static Path folder;

    private static PaymentUnderTest payment;

    private final SagaId order = newSaga();
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
    void givesTheMoneyBackAndShowsItWithTheCharge() {
        charged("pm_card_visa");

        payment.send(refundReturn(saga, order));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.return-refunded.v1"));
        assertThat(payment.state(order)).isEqualTo("REFUNDED");
        assertThat(payment.ledger(order)).containsExactly("CAPTURE 24900", "RETURN 24900");
        assertThat(payment.atProvider(order)).contains("\"refunded\":24900", "\"captures\":1", "\"refunds\":1");
        assertThat(payment.openIntents(saga)).isEmpty();
        assertThat(payment.api("/api/v1/charges/" + order).body())
                .contains("\"state\":\"REFUNDED\"", "\"refundId\":\"re_");
        assertThat(payment.api("/api/v1/refunds/" + order).statusCode()).isEqualTo(200);
        assertThat(payment.api("/api/v1/charges/" + order + "/ledger").body())
                .contains("\"kind\":\"RETURN\"", "\"returnId\":\"" + saga + "\"");
    }

    @Test
    void refusesWhenNothingWasTaken() {
        payment.send(refundReturn(saga, order));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.return-refund-refused.v1"));
        assertThat(payment.replyTo(saga)).contains("nothing is left to give back");
        assertThat(payment.openIntents(saga)).isEmpty();
    }

    @Test
    void refusesWhenTheChargeWasUndone() {
        charged("pm_card_visa");
        payment.send(refund(order));
        soon(() -> assertThat(payment.state(order)).isEqualTo("REFUNDED"));

        payment.send(refundReturn(saga, order));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.return-refund-refused.v1"));
        assertThat(payment.atProvider(order)).contains("\"refunds\":1");
    }

    @Test
    void refusesToGiveBackAnotherAmountThanWasTaken() {
        charged("pm_card_visa");

        payment.send(refundReturn(saga, order, Money.of("249.01", "EUR")));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.return-refund-refused.v1"));
        assertThat(payment.replyTo(saga)).contains("249.00 EUR was taken, not 249.01 EUR");
        assertThat(payment.state(order)).isEqualTo("CHARGED");
        assertThat(payment.atProvider(order)).contains("\"refunds\":0");
    }

    @Test
    void refusesWhatTheProviderRefuses() {
        charged("pm_card_createDispute");

        payment.send(refundReturn(saga, order));

        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.return-refund-refused.v1"));
        assertThat(payment.replyTo(saga)).contains("the customer's bank has taken the money back");
        assertThat(payment.state(order)).isEqualTo("CHARGED");
        assertThat(payment.ledger(order)).containsExactly("CAPTURE 24900");
    }

    @Test
    void refusesWhenTheMoneyWasGivenBackAtTheProviderByHand() {
        charged("pm_card_visa");
        payment.refundByHand(order);

        payment.send(refundReturn(saga, order));

        soon(() -> assertThat(payment.replyTo(saga)).contains("the money was given back before"));
        assertThat(payment.atProvider(order)).contains("\"refunds\":1");
    }

    @Test
    void givesTheMoneyBackToOneOfManyReturnsOfAnOrder() {
        charged("pm_card_visa");
        var returns = Stream.generate(PaymentUnderTest::newSaga).limit(12).toList();

        payment.send(returns.stream().map(it -> refundReturn(it, order)).toArray(Message[]::new));

        soon(() -> assertThat(returns)
                .allSatisfy(it -> assertThat(payment.replies(it)).hasSize(1)));
        assertThat(returns.stream().map(payment::replies))
                .containsOnlyOnce(List.of("payment.return-refunded.v1"))
                .contains(List.of("payment.return-refund-refused.v1"));
        assertThat(payment.atProvider(order)).contains("\"refunded\":24900", "\"refunds\":1");
        assertThat(payment.ledger(order)).containsExactly("CAPTURE 24900", "RETURN 24900");
    }

    @Test
    void givesTheMoneyBackAfterAnEarlierReturnWasRefused() {
        charged("pm_card_visa");
        payment.send(refundReturn(saga, order, Money.of("1.00", "EUR")));
        soon(() -> assertThat(payment.replies(saga)).containsExactly("payment.return-refund-refused.v1"));
        var next = newSaga();

        payment.send(refundReturn(next, order));

        soon(() -> assertThat(payment.replies(next)).containsExactly("payment.return-refunded.v1"));
    }

    @Test
    void staysSilentToAReplayAndAnswersAgainWhenAsked() {
        charged("pm_card_visa");
        payment.send(refundReturn(saga, order));
        soon(() -> assertThat(payment.replies(saga)).hasSize(1));

        payment.send(refundReturn(saga, order), again(refundReturn(saga, order), 2));

        soon(() -> assertThat(payment.replies(saga))
                .containsExactly("payment.return-refunded.v1", "payment.return-refunded.v1"));
        assertThat(payment.atProvider(order)).contains("\"refunds\":1");
    }

    @Test
    void repeatsACallThatFailedUntilItsOutcomeIsKnown() {
        var failing = Stream.of(
                        "pm_sandbox_refund_error500_once",
                        "pm_sandbox_refund_error500_after_success",
                        "pm_sandbox_refund_timeout_after_success")
                .map(method -> {
                    var troubled = newSaga();
                    payment.send(charge(troubled, method));
                    soon(() -> assertThat(payment.replies(troubled)).containsExactly("payment.charged.v1"));
                    var goodsReturn = newSaga();
                    payment.send(refundReturn(goodsReturn, troubled));
                    return List.of(troubled, goodsReturn);
                })
                .toList();

        soon(() -> assertThat(failing).allSatisfy(it -> {
            assertThat(payment.replies(it.getLast())).containsExactly("payment.return-refunded.v1");
            assertThat(payment.atProvider(it.getFirst())).contains("\"refunds\":1");
            assertThat(payment.ledger(it.getFirst())).containsExactly("CAPTURE 24900", "RETURN 24900");
        }));
    }

    @Test
    void neverRefusesWhatItDoesNotKnow() {
        charged("pm_sandbox_refund_error500");

        payment.send(refundReturn(saga, order));

        soon(() -> assertThat(payment.attempts(saga)).isGreaterThan(2));
        assertThat(payment.replies(saga)).isEmpty();
        assertThat(payment.state(order)).isEqualTo("CHARGED");
    }

    @Test
    void givesBackNoMoreThanWasTakenEvenByMistake() {
        charged("pm_card_visa");

        assertThatThrownBy(() -> payment.jdbc()
                        .update(
                                "update charge set state = 'REFUNDED', refund_id = 're_x', refunded = 24901 where order_id = ?",
                                order.value()))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("charge_check");
    }

    private void charged(String method) {
        payment.send(charge(order, method));
        soon(() -> assertThat(payment.replies(order)).containsExactly("payment.charged.v1"));
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(assertion);
    }
}
