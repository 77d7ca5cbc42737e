package shop.checkout.orchestrator.api;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.orchestrator.Http.CHECKOUT;
import static shop.checkout.orchestrator.Http.CHECKOUTS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.Http.Answer;
import shop.checkout.orchestrator.OrchestratorUnderTest;
import shop.checkout.orchestrator.Participants;

/** A completed checkout is returned once, as a whole, by one saga a key. */
class ReturnIT extends OrchestratorUnderTest {

    private static final String BODY = "{\"reason\":\"too loud\"}";
    private static final String RANDOM_ID = "0199a5b2-0000-7000-8000-000000000001";

    @Autowired
    private DataSource dataSource;

    private final String key = UUID.randomUUID().toString();

    @Test
    void acceptsAReturnAndSaysWhereItIs() {
        var checkout = completed();

        var answer = http().goodsReturn(checkout, key, BODY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo(CHECKOUTS + "/" + checkout + "/returns/" + answer.id());
        assertThat(answer.json().propertyNames())
                .containsExactly(
                        "id",
                        "checkoutId",
                        "status",
                        "statusReason",
                        "reason",
                        "total",
                        "pickUpNumber",
                        "steps",
                        "createdAt",
                        "updatedAt");
        assertThat(answer.text("checkoutId")).isEqualTo(checkout.toString());
        assertThat(answer.text("reason")).isEqualTo("too loud");
        assertThat(answer.json().get("total").toString()).isEqualTo("{\"amount\":\"249.00\",\"currency\":\"EUR\"}");
        assertThat(answer.json().get("steps").findValuesAsString("name"))
                .containsExactly("schedule-pick-up", "refund", "restock");
        assertThat(answer.id().value().version()).isEqualTo(7);
    }

    @Test
    void answersWhatGetWouldAnswer() {
        var answer = http().goodsReturn(completed(), key, BODY);

        var shown = http().get(answer.header("Location"));

        assertThat(shown.json()).isEqualTo(answer.json());
        assertThat(shown.header("ETag")).isEqualTo(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(http().get(answer.header("Location"), "If-None-Match", "\"1\"")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void asksForWhatTheCheckoutWasAndTellsTheWorld() {
        var checkout = completed();

        var id = http().goodsReturn(checkout, key, BODY).id();

        assertThat(payloads(id, "shipping.schedule-pick-up.v1"))
                .singleElement()
                .asString()
                .contains(checkout.toString(), id.toString(), "espresso-machine", "SW1Y 4JH");
        assertThat(payloads(id, "checkout.return-started.v1"))
                .singleElement()
                .asString()
                .contains(checkout.toString(), id.toString())
                .doesNotContain("too loud");
        assertThat(jdbc.queryForList(
                        "select distinct aggregatetype from outbox where aggregateid = ?::uuid",
                        String.class,
                        id.toString()))
                .containsExactlyInAnyOrder("shipping.commands", "checkout.events");
    }

    @Test
    void holdsTheAnswerUntilTheReturnEnds() {
        var checkout = completed();
        var waiting = supplyAsync(() -> http().goodsReturn(checkout, key, BODY, "Prefer", "wait=20"));
        var id = sagaOf(key);

        play(participants -> participants.takeBack(id));

        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(waiting.join().header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(waiting.join().text("status")).isEqualTo("COMPLETED");
        assertThat(waiting.join().text("pickUpNumber")).isEqualTo("P-1");
        assertThat(payloads(id, "checkout.return-completed.v1")).hasSize(1);
    }

    @Test
    void holdsAReadUntilThereIsNewsOrTheEnd() {
        var checkout = completed();
        var answer = http().goodsReturn(checkout, key, BODY);
        var path = answer.header("Location") + "?wait=20";
        var news = supplyAsync(() -> http().get(path, "If-None-Match", "\"1\""));
        var end = supplyAsync(() -> http().get(path));

        play(participants -> participants.comeForGoods(answer.id()));
        assertThat(news.join().header("ETag")).isEqualTo("\"2\"");
        play(participants -> participants.refund(answer.id()));
        play(participants -> participants.restock(answer.id()));

        assertThat(end.join().text("status")).isEqualTo("COMPLETED");
    }

    @Test
    void saysWhyAReturnWasRejected() {
        var answer = http().goodsReturn(completed(), key, BODY);

        play(participants -> participants.comeForNothing(answer.id()));

        var ended = http().get(answer.header("Location") + "?wait=20");
        assertThat(ended.text("status")).isEqualTo("REJECTED");
        assertThat(ended.text("statusReason")).isEqualTo("cannot be picked up: no pick-ups there");
        assertThat(ended.text("reason")).isEqualTo("too loud");
    }

    @Test
    void answersARepetitionWithTheSameReturn() {
        var checkout = completed();
        var first = http().goodsReturn(checkout, key, BODY);

        var again = http().goodsReturn(checkout, key, " { \"reason\" : \"too loud\" } ");
        var other = http().goodsReturn(checkout, key, "{\"reason\":\"too quiet\"}");
        var elsewhere = http().goodsReturn(completed(), key, BODY);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(List.of(other, elsewhere))
                .allSatisfy(it -> assertThat(it.status()).isEqualTo(422))
                .allSatisfy(it -> assertThat(it.text("code")).isEqualTo("idempotency-key-reused"));
    }

    @Test
    void mayHaveTheSameKeyAsItsCheckout() {
        var checkout = http().checkout(key, CHECKOUT).id();
        complete(checkout);

        assertThat(http().goodsReturn(checkout, key, BODY).status()).isEqualTo(202);
        assertThat(http().checkout(key, CHECKOUT).id()).isEqualTo(checkout);
    }

    @Test
    void refusesASecondReturnWhileTheFirstIsOpenAndOnceItIsCompleted() {
        var checkout = completed();
        var first = http().goodsReturn(checkout, key, BODY);

        var whileOpen = http().goodsReturn(checkout, key + "-2", BODY);
        play(participants -> participants.takeBack(first.id()));
        assertThat(http().get(first.header("Location") + "?wait=20").text("status"))
                .isEqualTo("COMPLETED");
        var afterwards = http().goodsReturn(checkout, key + "-2", BODY);

        assertThat(List.of(whileOpen, afterwards))
                .allSatisfy(it -> assertThat(it.status()).isEqualTo(409))
                .allSatisfy(it -> assertThat(it.text("code")).isEqualTo("already-returned"));
        assertThat(count("idempotency_key where key = '" + key + "-2'")).isZero();
        assertThat(http().goodsReturn(checkout, key, BODY).id()).isEqualTo(first.id());
    }

    @Test
    void mayBeAskedForAgainOnceItWasRejected() {
        var checkout = completed();
        var first = http().goodsReturn(checkout, key, BODY);
        play(participants -> participants.comeForNothing(first.id()));
        assertThat(http().get(first.header("Location") + "?wait=20").text("status"))
                .isEqualTo("REJECTED");

        var second = http().goodsReturn(checkout, key + "-2", BODY);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(http().goodsReturn(checkout, key, BODY).id()).isEqualTo(first.id());
        assertThat(ids(http().get(CHECKOUTS + "/" + checkout + "/returns")))
                .containsExactly(second.id().toString(), first.id().toString());
    }

    @Test
    void startsOneOfManyReturnsAtOnceWithDifferentKeys() throws Exception {
        var checkout = completed();

        var answers = atOnce(40, i -> http().goodsReturn(checkout, key + "-" + i, BODY));

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(202);
        assertThat(answers.stream().filter(it -> it.status() != 202))
                .hasSize(39)
                .allSatisfy(it -> assertThat(it.text("code")).isEqualTo("already-returned"));
        assertThat(count("saga where definition = 'return' and data ->> 'orderId' = '" + checkout + "'"))
                .isEqualTo(1);
        assertThat(count("idempotency_key where key like '" + key + "-%'")).isEqualTo(1);
    }

    @Test
    void startsOneReturnForManyEqualRequestsAtOnce() throws Exception {
        var checkout = completed();

        var answers = atOnce(40, i -> http().goodsReturn(checkout, key, BODY));

        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers.stream().map(Answer::id).distinct()).hasSize(1);
    }

    @Test
    void doesNotWaitForeverForAnOrderThatAnotherReplicaIsHoldingOn() throws Exception {
        var checkout = completed();
        try (var replica = dataSource.getConnection();
                var statement = replica.createStatement()) {
            replica.setAutoCommit(false);
            statement.execute(
                    "insert into checkout_return values ('" + checkout + "', 1, '" + UUID.randomUUID() + "')");

            var answer = http().goodsReturn(checkout, key, BODY);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("code")).isEqualTo("request-in-progress");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            replica.rollback();
        }

        assertThat(http().goodsReturn(checkout, key, BODY).status()).isEqualTo(202);
    }

    @Test
    void returnsOnlyWhatIsCompleted() {
        var open = http().checkout();
        var rejected = http().checkout();
        play(participants -> participants.haveNone(rejected));
        assertThat(http().get(CHECKOUTS + "/" + rejected + "?wait=20").text("status"))
                .isEqualTo("REJECTED");

        assertThat(List.of(open, rejected)).allSatisfy(checkout -> {
            var answer = http().goodsReturn(checkout, key, BODY);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("code")).isEqualTo("not-returnable");
        });
        complete(open);
        assertThat(http().goodsReturn(open, key, BODY).status()).isEqualTo(202);
    }

    @Test
    void doesNotKnowWhatWasNeverThere() {
        var checkout = completed();
        var other = completed();
        var goodsReturn = http().goodsReturn(checkout, key, BODY).id();
        var returns = CHECKOUTS + "/" + checkout + "/returns";

        assertThat(http().goodsReturn(SagaId.parse(RANDOM_ID), key, BODY).text("code"))
                .isEqualTo("unknown-checkout");
        assertThat(http().goodsReturn(goodsReturn, key, BODY).text("code")).isEqualTo("unknown-checkout");
        assertThat(http().get(CHECKOUTS + "/" + RANDOM_ID + "/returns").text("code"))
                .isEqualTo("unknown-checkout");
        assertThat(http().get(returns + "/" + RANDOM_ID).text("code")).isEqualTo("unknown-return");
        assertThat(http().get(CHECKOUTS + "/" + other + "/returns/" + goodsReturn)
                        .text("code"))
                .isEqualTo("unknown-return");
        assertThat(http().get(returns + "/" + checkout).text("code")).isEqualTo("unknown-return");
        assertThat(http().get(returns + "/4711").text("code")).isEqualTo("malformed-id");
        assertThat(http().get(CHECKOUTS + "/4711/returns").status()).isEqualTo(400);
        assertThat(http().get(returns + "/" + goodsReturn + "?wait=soon").text("code"))
                .isEqualTo("invalid-wait");
        assertThat(ids(http().get(CHECKOUTS + "/" + other + "/returns"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"reason\":null}",
                "{\"reason\":\"\"}",
                "{\"reason\":\" \"}",
                "{\"reason\":1}",
                "{\"reason\":\"a\\u0000b\"}",
                "{\"reason\":\"a\",\"reason\":\"b\"}",
                "{\"reason\":\"a\",\"lines\":[]}",
                "{\"Reason\":\"a\"}"
            })
    void refusesWhatIsNotExactlyAReason(String body) {
        var checkout = completed();

        var answer = http().goodsReturn(checkout, key, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isIn("malformed-json", "invalid-request");
        assertThat(count("idempotency_key where key = '" + key + "'")).isZero();
    }

    @Test
    void refusesReasonsThatAreTooLongOrHoldACardNumber() {
        var checkout = completed();

        var tooLong = http().goodsReturn(checkout, key, "{\"reason\":\"" + "x".repeat(501) + "\"}");
        var card = http().goodsReturn(checkout, key, "{\"reason\":\"refund 4242 4242 4242 4242 please\"}");

        assertThat(tooLong.text("code")).isEqualTo("invalid-request");
        assertThat(card.text("code")).isEqualTo("card-number-refused");
        assertThat(card.response().body()).doesNotContain("4242");
    }

    @Test
    void refusesRequestsWithoutAUsableKey() {
        var path = CHECKOUTS + "/" + completed() + "/returns";

        assertThat(http().post(path, BODY, "Content-Type", "application/json").text("code"))
                .isEqualTo("idempotency-key-missing");
        assertThat(http().post(path, BODY, "Idempotency-Key", key).status()).isEqualTo(415);
    }

    @Test
    void isNoCheckoutToAnybody() {
        var checkout = completed();
        var id = http().goodsReturn(checkout, key, BODY).id();

        assertThat(http().get(CHECKOUTS + "/" + id).status()).isEqualTo(404);
        assertThat(http().post(CHECKOUTS + "/" + id + "/cancel", "").status()).isEqualTo(404);
        assertThat(http().get("/ui/checkouts/" + id).status()).isEqualTo(404);
        assertThat(http().get("/ui/checkouts/" + checkout).status()).isEqualTo(200);
        assertThat(ids(http().get(CHECKOUTS + "?limit=200")))
                .contains(checkout.toString())
                .doesNotContain(id.toString());
        assertThat(http().get(CHECKOUTS + "/" + checkout + "/returns/" + id).text("status"))
                .isEqualTo("RUNNING");
    }

    @Test
    void isNotCountedAmongCheckouts() {
        var rejected = http().goodsReturn(completed(), key, BODY);
        http().goodsReturn(completed(), key + "-2", BODY);
        play(participants -> participants.comeForNothing(rejected.id()));
        http().get(rejected.header("Location") + "?wait=20");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var summary = http().get(CHECKOUTS + "/summary").json();
            assertThat(summary.get("total").asInt()).isEqualTo(count("saga where definition = 'checkout'"));
            assertThat(List.of("RUNNING", "COMPENSATING", "NEEDS_ATTENTION", "COMPLETED", "REJECTED"))
                    .allSatisfy(status -> assertThat(
                                    summary.get("byStatus").get(status).asInt())
                            .isEqualTo(count("saga where definition = 'checkout' and status = '" + status + "'")));
        });
    }

    private SagaId completed() {
        var id = http().checkout();
        complete(id);
        return id;
    }

    private void complete(SagaId id) {
        play(participants -> participants.complete(id));
        assertThat(http().get(CHECKOUTS + "/" + id + "?wait=20").text("status")).isEqualTo("COMPLETED");
    }

    private void play(Consumer<Participants> part) {
        try (var participants = participants()) {
            part.accept(participants);
        }
    }

    private SagaId sagaOf(String usedKey) {
        return await()
                .atMost(Duration.ofSeconds(10))
                .until(
                        () -> jdbc.queryForList(
                                "select saga_id::text from idempotency_key where key = ?", String.class, usedKey),
                        found -> !found.isEmpty())
                .stream()
                .map(SagaId::parse)
                .findFirst()
                .orElseThrow();
    }

    private List<String> payloads(SagaId saga, String type) {
        return jdbc.query(
                "select payload from outbox where aggregateid = ?::uuid and type = ?",
                (row, _) -> row.getString(1),
                saga.toString(),
                type);
    }

    private static List<Answer> atOnce(int times, IntFunction<Answer> request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = IntStream.range(0, times)
                    .<Callable<Answer>>mapToObj(i -> () -> request.apply(i))
                    .toList();
            var answers = new ArrayList<Answer>();
            for (var answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static List<String> ids(Answer list) {
        return StreamSupport.stream(list.json().get("items").spliterator(), false)
                .map(item -> item.get("id").asString())
                .toList();
    }
}
