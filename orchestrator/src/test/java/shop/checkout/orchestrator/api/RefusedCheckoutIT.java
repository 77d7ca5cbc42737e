package shop.checkout.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.orchestrator.Http.CHECKOUT;
import static shop.checkout.orchestrator.Http.CHECKOUTS;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import shop.checkout.orchestrator.Http.Answer;
import shop.checkout.orchestrator.OrchestratorUnderTest;

/** What is not exactly right is answered with a 4xx that says where, and leaves nothing behind. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedCheckoutIT extends OrchestratorUnderTest {

    private static final Map<String, String> FIELDS = Map.of(
            "/customerId", "\"c-42\"",
            "/lines/0/sku", "\"espresso-machine\"",
            "/lines/0/quantity", "1",
            "/payment/method", "\"pm_card_visa\"",
            "/shippingAddress/name", "\"Ada Lovelace\"",
            "/shippingAddress/street", "\"12 St James's Square\"",
            "/shippingAddress/city", "\"London\"",
            "/shippingAddress/postalCode", "\"SW1Y 4JH\"",
            "/shippingAddress/country", "\"GB\"");

    private static final List<String> BAD_FOR_ANY = List.of(
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "[\"c-42\"]",
            "{\"a\":1}",
            "1.5",
            "1e3",
            "-1",
            "0",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0007b\"",
            "\"\\ud800\"",
            "\"a\\nb\"",
            "9223372036854775808",
            "\"" + "x".repeat(500) + "\"");

    private static final List<String> BAD_IDS =
            List.of("\"c 42\"", "\"-c\"", "\"ä\"", "\"a/b\"", "\"'; drop table saga; --\"", "\"<b>\"");

    private static final Map<String, List<String>> BAD_FOR_SOME = Map.of(
            "/customerId",
            BAD_IDS,
            "/lines/0/sku",
            BAD_IDS,
            "/payment/method",
            BAD_IDS,
            "/lines/0/quantity",
            List.of("\"1\"", "1.0", "1001", "2147483648", "-2147483649", "4294967297", "1e0", "\"one\""),
            "/shippingAddress/postalCode",
            List.of("\"a.b\"", "\"12345678901234567\"", "\"\uD83D\uDCEE\""),
            "/shippingAddress/country",
            List.of("\"gb\"", "\"GBR\"", "\"XX\"", "\"UK\"", "\"G1\"", "\"Great Britain\""));

    private int sagasBefore;
    private int keysBefore;

    record Bad(String pointer, String value, String body) {
        @Override
        public String toString() {
            return pointer + " = " + value.substring(0, Math.min(40, value.length()));
        }
    }

    static Stream<Bad> everyFieldWithEveryKindOfBadness() {
        var cases = new ArrayList<Bad>();
        FIELDS.forEach((pointer, good) -> Stream.concat(
                        BAD_FOR_ANY.stream().filter(bad -> !(bad.equals("1") && pointer.endsWith("quantity"))),
                        BAD_FOR_SOME.getOrDefault(pointer, List.of()).stream())
                .forEach(bad -> cases.add(new Bad(pointer, bad, with(pointer, good, bad)))));
        return cases.stream();
    }

    @BeforeEach
    void count() {
        sagasBefore = count("saga");
        keysBefore = count("idempotency_key");
    }

    @AfterEach
    void leavesNothingBehind() {
        assertThat(count("saga")).isEqualTo(sagasBefore);
        assertThat(count("idempotency_key")).isEqualTo(keysBefore);
    }

    @ParameterizedTest
    @MethodSource
    void everyFieldWithEveryKindOfBadness(Bad bad) {
        var answer = ask(bad.body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("invalid-request");
        assertThat(answer.json().get("errors").findValuesAsString("pointer"))
                .allSatisfy(pointer -> assertThat(pointer).startsWith(bad.pointer))
                .isNotEmpty();
        assertProblem(answer);
    }

    @Test
    void everyFieldIsRequiredAndNoOtherIsKnown() {
        FIELDS.forEach((pointer, good) -> {
            var name = pointer.substring(pointer.lastIndexOf('/') + 1);
            var renamed = ask(CHECKOUT.replace("\"" + name + "\"", "\"x-" + name + "\""));

            assertThat(renamed.json().get("errors").findValuesAsString("pointer"))
                    .containsExactlyInAnyOrder(pointer, pointer.replace(name, "x-" + name));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4242424242424242",
                "4242 4242 4242 4242",
                "4242-4242-4242-4242",
                "378282246310005",
                "pm_4242424242424242",
                "6011000990139424",
                "5555555555554444",
                "4222222222222"
            })
    void refusesCardNumbersAndKeepsThemNowhere(String number, CapturedOutput output) {
        for (var value : List.of('"' + number + '"', number.matches("\\d+") ? number : "\"" + number + "\"")) {
            var answer = ask(CHECKOUT.replace("\"pm_card_visa\"", value));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("code")).isEqualTo("card-number-refused");
            assertThat(answer.response().body()).doesNotContain(number);
            assertProblem(answer);
        }
        assertThat(output.getAll()).doesNotContain(number);
    }

    @Test
    void takesDigitsThatAreNoCardNumber() {
        assertThat(CardNumbers.isIn("4242424242424241")).isFalse();
        assertThat(CardNumbers.isIn("42424242424242424242")).isFalse();
        assertThat(CardNumbers.isIn("pm_1MqLiJLkdIwHu7ixUEgbFdYE")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "[]",
                "\"checkout\"",
                "42",
                "{",
                "}",
                "{]",
                "{\"customerId\":\"a\",\"customerId\":\"b\"}",
                "{} {}",
                "{},",
                "// none\n{}",
                "{'customerId':1}",
                "<checkout/>"
            })
    void refusesWhatIsNoJsonObject(String body) {
        var answer = ask(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isIn("malformed-json", "invalid-request");
        assertProblem(answer);
    }

    @Test
    void refusesACheckoutWithTheSameFieldTwiceInDepth() {
        var answer = ask(CHECKOUT.replace("\"quantity\":1", "\"quantity\":1,\"quantity\":2"));

        assertThat(answer.text("code")).isEqualTo("malformed-json");
        assertThat(answer.text("detail")).contains("twice");
    }

    @Test
    void refusesEmptyAndAbsurdCarts() {
        assertThat(pointers(ask(CHECKOUT.replaceFirst("\\[.*]", "[]")))).containsExactly("/lines");
        assertThat(pointers(ask(CHECKOUT.replaceFirst("\\[.*]", cart(101))))).containsExactly("/lines");
        assertThat(pointers(ask(CHECKOUT.replaceFirst("\\[.*]", "[1,\"a\",null]"))))
                .containsExactly("/lines/0", "/lines/1", "/lines/2");
    }

    @Test
    void refusesTheSameProductInTwoLines() {
        var answer = ask(CHECKOUT.replace("[{", "[{\"sku\":\"espresso-machine\",\"quantity\":2},{"));

        assertThat(pointers(answer)).containsExactly("/lines/1/sku");
        assertThat(answer.response().body()).contains("is in /lines/0 already");
    }

    @Test
    void refusesWhatIsTooLarge() {
        var answer = ask(CHECKOUT + " ".repeat(64 * 1024));
        var chunked = http().send(http().request(CHECKOUTS)
                .header("Idempotency-Key", "k")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(CHECKOUT + " ".repeat(64 * 1024)))));

        assertThat(List.of(answer, chunked))
                .allSatisfy(it -> assertThat(it.status()).isEqualTo(413))
                .allSatisfy(RefusedCheckoutIT::assertProblem);
    }

    @Test
    void refusesOtherContentTypes() {
        for (var type : List.of(
                "text/plain", "application/x-www-form-urlencoded", "application/json;charset=utf-16", "nonsense")) {
            var answer = http().post(CHECKOUTS, CHECKOUT, "Idempotency-Key", "k", "Content-Type", type);

            assertThat(answer.status()).isEqualTo(415);
            assertProblem(answer);
        }
        assertThat(http().post(CHECKOUTS, CHECKOUT, "Idempotency-Key", "k").status())
                .isEqualTo(415);
        assertThat(http().checkout("k", CHECKOUT, "Content-Encoding", "gzip").status())
                .isEqualTo(415);
    }

    @Test
    void refusesRequestsWithoutAUsableKey() {
        var missing = http().post(CHECKOUTS, CHECKOUT, "Content-Type", "application/json");
        var twice = http().checkout("a", CHECKOUT, "Idempotency-Key", "b");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.text("code")).isEqualTo("idempotency-key-missing");
        assertThat(Stream.of("", "\"\"", "a b", "a\"b", "x".repeat(129)).map(key -> http().checkout(key, CHECKOUT)))
                .allSatisfy(it -> assertThat(it.status()).isEqualTo(400))
                .allSatisfy(it -> assertThat(it.text("code")).isEqualTo("idempotency-key-invalid"));
        assertThat(twice.text("code")).isEqualTo("idempotency-key-invalid");
    }

    @Test
    void answersWhatNoApiIsAskedForAsAProblemToo() {
        var answers = List.of(
                http().get("/api/v1/nothing"),
                http().get("/nothing"),
                http().send(http().request(CHECKOUTS).DELETE()),
                http().get(CHECKOUTS, "Accept", "text/html"),
                http().get(CHECKOUTS + "/a%2Fb"),
                http().get("/error"));

        assertThat(answers)
                .allSatisfy(RefusedCheckoutIT::assertIsProblem)
                .extracting(Answer::status)
                .containsExactly(404, 404, 405, 406, 400, 404);
    }

    @Test
    void takesTheTraceIdOfTheCaller() {
        var traceId = "4bf92f3577b34da6a3ce929d0e0e4736";

        var answer = http().get("/nothing", "traceparent", "00-" + traceId + "-00f067aa0ba902b7-01");

        assertThat(answer.text("traceId")).isEqualTo(traceId);
        assertThat(answer.header("X-Trace-Id")).isEqualTo(traceId);
    }

    private Answer ask(String body) {
        return http().checkout(UUID.randomUUID().toString(), body);
    }

    private static void assertProblem(Answer answer) {
        assertIsProblem(answer);
        assertThat(answer.text("traceId")).hasSize(32);
    }

    private static void assertIsProblem(Answer answer) {
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.text("code")).matches("[a-z0-9-]+");
        assertThat(answer.response().body()).doesNotContain("Exception", "\tat ", "shop.checkout.");
    }

    private static List<String> pointers(Answer answer) {
        return answer.json().get("errors").findValuesAsString("pointer");
    }

    private static String cart(int lines) {
        return IntStream.range(0, lines)
                .mapToObj(i -> "{\"sku\":\"sku-" + i + "\",\"quantity\":1}")
                .toList()
                .toString();
    }

    private static String with(String pointer, String good, String bad) {
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        return CHECKOUT.replace("\"" + name + "\":" + good, "\"" + name + "\":" + bad);
    }
}
