package shop.checkout.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static shop.checkout.sandbox.Shop.AMOUNT;
import static shop.checkout.sandbox.Shop.ORDER;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundListParams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentProviderTest {

    private static final String VISA = "pm_card_visa";

    @TempDir
    Path data;

    Sandbox sandbox;
    Shop shop;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(new SandboxOptions("127.0.0.1", 0, data));
        shop = Shop.at(sandbox);
    }

    @AfterEach
    void stop() throws IOException {
        sandbox.close();
    }

    @Test
    void takesTheMoney() throws StripeException {
        var payment = shop.charge(VISA, "key");

        assertThat(payment.getStatus()).isEqualTo("succeeded");
        assertThat(payment.getAmountReceived()).isEqualTo(AMOUNT);
        assertThat(payment.getCurrency()).isEqualTo("eur");
        assertThat(payment.getLatestCharge()).startsWith("ch_");
        assertThat(payment.getMetadata()).containsEntry("order_id", ORDER);
        assertThat(shop.payment(payment.getId()).toJson()).isEqualTo(payment.toJson());
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_chargeDeclined, card_declined, generic_decline",
        "pm_card_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
        "pm_card_chargeDeclinedExpiredCard, expired_card, expired_card"
    })
    void declinesAsTheCardSays(String card, String code, String declineCode) throws StripeException {
        assertThatExceptionOfType(CardException.class)
                .isThrownBy(() -> shop.charge(card, "key"))
                .satisfies(declined -> {
                    assertThat(declined.getStatusCode()).isEqualTo(402);
                    assertThat(declined.getCode()).isEqualTo(code);
                    assertThat(declined.getDeclineCode()).isEqualTo(declineCode);
                    assertThat(declined.getStripeError().getPaymentIntent().getStatus())
                            .isEqualTo("requires_payment_method");
                });

        assertThat(shop.paymentsOf(ORDER)).singleElement().satisfies(payment -> {
            assertThat(payment.getAmountReceived()).isZero();
            assertThat(payment.getLastPaymentError().getDeclineCode()).isEqualTo(declineCode);
        });
    }

    @Test
    void chargesOnceHoweverOftenTheKeyIsUsed() throws StripeException {
        var first = shop.charge(VISA, "key");

        var again = shop.charge(VISA, "key");

        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                .hasValue("true");
        assertThat(again.getLastResponse().body())
                .isEqualTo(first.getLastResponse().body());
        assertThat(shop.paymentsOf(ORDER)).hasSize(1);
    }

    @Test
    void repeatsAnAnswerToTheLetterWhateverItsMetadata() throws IOException, InterruptedException {
        var form = "amount=100&currency=eur&payment_method=pm_card_visa&confirm=true" + metadata(50);
        try (var http = Http.to(sandbox)) {
            var first = http.post("/v1/payment_intents", "key", form);

            var again = http.post("/v1/payment_intents", "key", form);

            assertThat(again).isEqualTo(new Http.Answered(200, true, first.body()));
        }
    }

    @Test
    void declinesAgainUnderTheSameKey() throws StripeException {
        assertThatExceptionOfType(CardException.class).isThrownBy(() -> shop.charge("pm_card_chargeDeclined", "key"));

        assertThatExceptionOfType(CardException.class).isThrownBy(() -> shop.charge("pm_card_chargeDeclined", "key"));

        assertThat(shop.paymentsOf(ORDER)).hasSize(1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherAmount() throws StripeException {
        shop.charge(VISA, "key");

        assertThatExceptionOfType(IdempotencyException.class)
                .isThrownBy(() -> shop.charge(VISA, "key", AMOUNT + 1))
                .satisfies(reused -> assertThat(reused.getStatusCode()).isEqualTo(400));
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherUrl() throws StripeException {
        var payment = shop.charge(VISA, "key");

        assertThatExceptionOfType(IdempotencyException.class).isThrownBy(() -> shop.refund(payment, "key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pm_card_nobody", "pm_sandbox_nonsense", "pm_sandbox_slow_soon"})
    void knowsOnlyItsTestTokensAndKeepsTheKeyFree(String unknown) throws StripeException {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> shop.charge(unknown, "key"))
                .satisfies(missing -> {
                    assertThat(missing.getStatusCode()).isEqualTo(400);
                    assertThat(missing.getCode()).isEqualTo("resource_missing");
                });

        assertThat(shop.charge(VISA, "key").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void answersNotFoundForPaymentsAndRefundsThatWereNeverMade() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> shop.payment("pi_never"))
                .satisfies(missing -> assertThat(missing.getStatusCode()).isEqualTo(404));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> shop.stripe().v1().refunds().retrieve("re_never"))
                .satisfies(missing -> assertThat(missing.getCode()).isEqualTo("resource_missing"));
    }

    @Test
    void refundsOnceAndNotASecondTime() throws StripeException {
        var payment = shop.charge(VISA, "charge");

        var refund = shop.refund(payment, "refund");

        assertThat(refund.getStatus()).isEqualTo("succeeded");
        assertThat(refund.getAmount()).isEqualTo(AMOUNT);
        assertThat(shop.refund(payment, "refund").getId()).isEqualTo(refund.getId());
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> shop.refund(payment, "another refund"))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("charge_already_refunded"));
        assertThat(shop.stripe().v1().refunds().retrieve(refund.getId()).getPaymentIntent())
                .isEqualTo(payment.getId());
    }

    @Test
    void doesNotRefundWhatIsDisputed() throws StripeException {
        var payment = shop.charge("pm_card_createDispute", "charge");

        assertThat(payment.getStatus()).isEqualTo("succeeded");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> shop.refund(payment, "refund"))
                .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("charge_disputed"));
    }

    @Test
    void refundsInPartsButNeverMoreThanWasTaken() throws StripeException {
        var payment = shop.charge(VISA, "charge");
        var first = shop.refund(payment, "part", 10_000);

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> shop.refund(payment, "too much", AMOUNT));
        var rest = shop.refund(payment, "rest");

        assertThat(rest.getAmount()).isEqualTo(AMOUNT - 10_000);
        var ofPayment =
                RefundListParams.builder().setPaymentIntent(payment.getId()).build();
        assertThat(shop.stripe().v1().refunds().list(ofPayment).getData())
                .extracting(Refund::getId)
                .containsExactly(rest.getId(), first.getId());
    }

    @Test
    void cannotRefundWhatWasDeclined() throws StripeException {
        assertThatExceptionOfType(CardException.class)
                .isThrownBy(() -> shop.charge("pm_card_chargeDeclined", "charge"));
        var declined = shop.paymentsOf(ORDER).getFirst();

        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> shop.refund(declined, "refund"));
    }

    @Test
    void listsPaymentsNewestFirstPageByPage() throws StripeException {
        var first = shop.charge(VISA, "1");
        var second = shop.charge(VISA, "2");
        var third = shop.charge(VISA, "3");
        var intents = shop.stripe().v1().paymentIntents();

        var page = intents.list(PaymentIntentListParams.builder().setLimit(2L).build());
        var rest = intents.list(PaymentIntentListParams.builder()
                .setStartingAfter(page.getData().getLast().getId())
                .build());

        assertThat(page.getData()).extracting(PaymentIntent::getId).containsExactly(third.getId(), second.getId());
        assertThat(page.getHasMore()).isTrue();
        assertThat(rest.getData()).extracting(PaymentIntent::getId).containsExactly(first.getId());
        assertThat(rest.getHasMore()).isFalse();
    }

    @Test
    void failsOnceWithoutDoingAnythingAndThenWorksWithTheSameKey() throws StripeException {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> shop.charge("pm_sandbox_error500_once", "key"))
                .satisfies(failed -> assertThat(failed.getStatusCode()).isEqualTo(500));
        assertThat(shop.paymentsOf(ORDER)).isEmpty();

        assertThat(shop.charge("pm_sandbox_error500_once", "key").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void isTooBusyOnceIfAskedTo() throws StripeException {
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() -> shop.charge("pm_sandbox_error429_once", "key"));

        assertThat(shop.charge("pm_sandbox_error429_once", "key").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void repeatsAStoredFailureForEver() throws StripeException {
        for (var attempt = 0; attempt < 3; attempt++) {
            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> shop.charge("pm_sandbox_error500", "key"));
        }

        assertThat(shop.paymentsOf(ORDER)).isEmpty();
    }

    @Test
    void mayHaveTakenTheMoneyAlthoughItAnswersWithAnError() throws StripeException {
        for (var attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> shop.charge("pm_sandbox_error500_after_success", "key"));
        }

        assertThat(shop.paymentsOf(ORDER))
                .singleElement()
                .satisfies(payment -> assertThat(payment.getStatus()).isEqualTo("succeeded"));
    }

    @Test
    void answersASecondTryAtOnceWhenTheFirstAnswerGotLost() throws StripeException {
        var hasty = Shop.at(sandbox.url(), Duration.ofMillis(500));
        assertThatExceptionOfType(ApiConnectionException.class)
                .isThrownBy(() -> hasty.charge("pm_sandbox_timeout_after_success", "key"));
        await().until(() -> shop.paymentsOf(ORDER).size() == 1);

        var payment = shop.charge("pm_sandbox_timeout_after_success", "key");

        assertThat(payment.getStatus()).isEqualTo("succeeded");
        assertThat(shop.paymentsOf(ORDER)).hasSize(1);
    }

    @Test
    void failsInRefundsOfCardsMadeForIt() throws StripeException {
        var payment = shop.charge("pm_sandbox_refund_error500_once", "charge");
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> shop.refund(payment, "refund"));

        assertThat(shop.refund(payment, "refund").getStatus()).isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource({
        "'', amount",
        "amount=1.5&currency=eur&payment_method=pm_card_visa&confirm=true, amount",
        "amount=-1&currency=eur&payment_method=pm_card_visa&confirm=true, amount",
        "amount=0&currency=eur&payment_method=pm_card_visa&confirm=true, amount",
        "amount=100000000&currency=eur&payment_method=pm_card_visa&confirm=true, amount",
        "amount=1&currency=euro&payment_method=pm_card_visa&confirm=true, currency",
        "amount=1&currency=eur&confirm=true, payment_method",
        "amount=1&currency=eur&payment_method=pm_card_visa, confirm",
        "amount=1&currency=eur&payment_method=pm_card_visa&confirm=true&capture_method=manual, capture_method",
        "amount=1&currency=eur&payment_method=pm_card_visa&confirm=true&tip=1, tip"
    })
    void namesTheParameterItCannotRead(String form, String parameter) throws IOException, InterruptedException {
        try (var http = Http.to(sandbox)) {
            var answered = http.post("/v1/payment_intents", form);

            assertThat(answered.status()).isEqualTo(400);
            assertThat(answered.body()).contains("invalid_request_error", "\"param\":\"" + parameter + "\"");
            assertThat(http.get("/sandbox/v1/effects").body()).isEmpty();
        }
    }

    private static String metadata(int entries) {
        return IntStream.range(0, entries)
                .mapToObj(n -> "&metadata[name-" + n + "]=" + n)
                .collect(Collectors.joining());
    }
}
