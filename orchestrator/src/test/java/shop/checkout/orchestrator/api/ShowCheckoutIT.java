package shop.checkout.orchestrator.api;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static shop.checkout.orchestrator.Http.CHECKOUT;
import static shop.checkout.orchestrator.Http.CHECKOUTS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.OrchestratorUnderTest;
import tools.jackson.databind.JsonNode;

class ShowCheckoutIT extends OrchestratorUnderTest {

    private static final String RANDOM_ID = "0199a5b2-0000-7000-8000-000000000001";

    @Test
    void showsHowACheckoutEnded() {
        var id = completed();

        var answer = http().get(CHECKOUTS + "/" + id);

        var json = answer.json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "id", "status", "reason", "total", "trackingNumber", "steps", "createdAt", "updatedAt");
        assertThat(json.get("status").asString()).isEqualTo("COMPLETED");
        assertThat(json.get("reason").isNull()).isTrue();
        assertThat(json.get("total").toString()).isEqualTo("{\"amount\":\"249.00\",\"currency\":\"EUR\"}");
        assertThat(json.get("trackingNumber").asString()).isEqualTo("TRACK-1");
        assertThat(json.get("steps").findValuesAsString("state")).containsOnly("DONE");
        assertThat(json.get("createdAt").asString()).matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
    }

    @Test
    void saysWhyACheckoutWasRejected() {
        var id = http().checkout();

        play(participants -> participants.haveNone(id));

        var ended = http().get(CHECKOUTS + "/" + id + "?wait=20");
        assertThat(ended.text("status")).isEqualTo("REJECTED");
        assertThat(ended.text("reason")).isEqualTo("out of stock: sold-out");
    }

    @Test
    void sendsNothingWhenTheClientHasTheNewestAlready() {
        var path = CHECKOUTS + "/" + http().checkout();
        var tag = http().get(path).header("ETag");

        var unchanged = http().get(path, "If-None-Match", tag);
        var other = http().get(path, "If-None-Match", "\"0\"");

        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.response().body()).isEmpty();
        assertThat(other.status()).isEqualTo(200);
    }

    @Test
    void holdsTheAnswerUntilTheCheckoutEnds() {
        var id = http().checkout();
        var waiting = supplyAsync(() -> http().get(CHECKOUTS + "/" + id + "?wait=20"));

        play(participants -> participants.complete(id));

        assertThat(waiting.join().text("status")).isEqualTo("COMPLETED");
    }

    @Test
    void holdsTheAnswerUntilThereIsNewsToTheClient() {
        var id = http().checkout();
        var path = CHECKOUTS + "/" + id + "?wait=20";
        var waiting = supplyAsync(() -> http().get(path, "If-None-Match", "\"1\""));

        play(participants -> participants.reserve(id));

        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(waiting.join().text("status")).isEqualTo("RUNNING");
        assertThat(waiting.join().header("ETag")).isEqualTo("\"2\"");
    }

    @Test
    void answersWhatThereIsWhenTheTimeIsUp() {
        var answer = http().get(CHECKOUTS + "/" + http().checkout() + "?wait=0");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("RUNNING");
    }

    @Test
    void answersAStartWithTheOutcomeWhenTheClientPrefersToWait() {
        var key = UUID.randomUUID().toString();
        var waiting = supplyAsync(() -> http().checkout(key, CHECKOUT, "Prefer", "respond-async, wait=20"));
        var id = sagaOf(key);

        play(participants -> participants.complete(id));

        assertThat(waiting.join().status()).isEqualTo(200);
        assertThat(waiting.join().header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(waiting.join().text("status")).isEqualTo("COMPLETED");
        assertThat(http().checkout(key, CHECKOUT).status()).isEqualTo(202);
        assertThat(http().checkout(key, CHECKOUT, "Prefer", "wait=1").status()).isEqualTo(200);
    }

    @Test
    void answersAStartWith202WhenItDoesNotEndInTime() {
        var answer = http().checkout(UUID.randomUUID().toString(), CHECKOUT, "Prefer", "wait=0");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=0");
    }

    @Test
    void letsManyWaitAtOnceForOneQueryATime() {
        var ids = IntStream.range(0, 60).mapToObj(i -> http().checkout()).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = ids.stream()
                    .map(id -> supplyAsync(() -> http().get(CHECKOUTS + "/" + id + "?wait=25"), threads))
                    .toList();
            play(participants -> ids.forEach(participants::complete));

            assertThat(waiting)
                    .extracting(CompletableFuture::join)
                    .extracting(answer -> answer.text("status"))
                    .containsOnly("COMPLETED");
        }
    }

    @Test
    void letsACheckoutThatCannotBeReadCostOnlyItsOwnRequest() {
        var good = http().checkout();
        var broken = http().checkout();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = Stream.of(good, broken)
                    .map(id -> supplyAsync(() -> http().get(CHECKOUTS + "/" + id + "?wait=25"), threads))
                    .toList();
            execute("update saga set status = 'REJECTED', wake_at = null, steps = 'broken' where id = '" + broken
                    + "'");
            assertThat(waiting.getLast().join().status()).isEqualTo(500);
            play(participants -> participants.complete(good));

            assertThat(waiting.getFirst().join().text("status")).isEqualTo("COMPLETED");
        } finally {
            execute("delete from saga where id = '" + broken + "'");
        }
    }

    @Test
    void doesNotKnowWhatWasNeverStarted() {
        var unknown = http().get(CHECKOUTS + "/" + RANDOM_ID);
        var malformed = http().get(CHECKOUTS + "/4711");
        var absurdWait = http().get(CHECKOUTS + "/" + RANDOM_ID + "?wait=soon");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("code")).isEqualTo("unknown-checkout");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.text("code")).isEqualTo("malformed-id");
        assertThat(absurdWait.status()).isEqualTo(400);
    }

    @Test
    void listsTheNewestFirst() {
        var older = http().checkout();
        var newer = http().checkout();

        var page = http().get(CHECKOUTS + "?limit=2").json();

        assertThat(ids(page)).containsExactly(newer.toString(), older.toString());
        assertThat(page.propertyNames()).containsExactly("items", "next");
        assertThat(http().get(CHECKOUTS + "?limit=2").json().get("items").get(0))
                .isEqualTo(http().get(CHECKOUTS + "/" + newer).json());
    }

    @Test
    void neitherHidesNorRepeatsWhileNewOnesArrive() {
        var before = IntStream.range(0, 23)
                .mapToObj(i -> http().checkout().toString())
                .toList();
        var seen = new ArrayList<String>();

        var page = http().get(CHECKOUTS + "?limit=5").json();
        while (seen.size() < before.size()) {
            seen.addAll(ids(page));
            http().checkout();
            page = http().get(CHECKOUTS + "?limit=5&cursor=" + page.get("next").asString())
                    .json();
        }

        assertThat(seen).startsWith(before.reversed().toArray(String[]::new)).doesNotHaveDuplicates();
    }

    @Test
    void endsTheListWithoutNext() {
        completed();
        var seen = new LinkedHashSet<String>();
        var next = "";

        do {
            var page = http().get(CHECKOUTS + "?status=completed&limit=1" + (next.isEmpty() ? "" : "&cursor=" + next))
                    .json();
            seen.addAll(ids(page));
            next = page.get("next").asString("");
        } while (!next.isEmpty());

        assertThat(seen).hasSize(count("saga where definition = 'checkout' and status = 'COMPLETED'"));
    }

    @Test
    void listsByStatus() {
        var open = http().checkout().toString();
        var done = completed().toString();

        assertThat(ids(list("COMPLETED"))).contains(done).doesNotContain(open);
        assertThat(ids(list("RUNNING"))).contains(open).doesNotContain(done);
        assertThat(ids(list("OPEN"))).contains(open).doesNotContain(done);
        assertThat(ids(list("REJECTED"))).doesNotContain(open, done);
        assertThat(http().get(CHECKOUTS + "?status=LOST").text("code")).isEqualTo("invalid-status");
        assertThat(http().get(CHECKOUTS + "?limit=1000").text("code")).isEqualTo("invalid-limit");
        assertThat(http().get(CHECKOUTS + "?cursor=abc").text("code")).isEqualTo("invalid-cursor");
    }

    @Test
    void countsByStatus() {
        completed();
        http().checkout();

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var summary = http().get(CHECKOUTS + "/summary").json();
            assertThat(summary.get("total").asInt()).isEqualTo(count("saga where definition = 'checkout'"));
            assertThat(List.of("RUNNING", "COMPENSATING", "NEEDS_ATTENTION", "COMPLETED", "REJECTED"))
                    .allSatisfy(status -> assertThat(
                                    summary.get("byStatus").get(status).asInt())
                            .isEqualTo(count("saga where definition = 'checkout' and status = '" + status + "'")));
        });
    }

    @Test
    void cancelsWhatCanStillBeUndone() {
        var id = http().checkout();

        var cancelled = http().post(CHECKOUTS + "/" + id + "/cancel", "");

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.text("status")).isEqualTo("COMPENSATING");
        assertThat(cancelled.text("reason")).isEqualTo("cancelled by the customer");
    }

    @Test
    void refusesToCancelWhatIsCompleted() {
        var late = http().post(CHECKOUTS + "/" + completed() + "/cancel", "");
        var unknown = http().post(CHECKOUTS + "/" + RANDOM_ID + "/cancel", "");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("code")).isEqualTo("too-late-to-cancel");
        assertThat(unknown.status()).isEqualTo(404);
    }

    private SagaId completed() {
        var id = http().checkout();
        play(participants -> participants.complete(id));
        assertThat(http().get(CHECKOUTS + "/" + id + "?wait=20").text("status")).isEqualTo("COMPLETED");
        return id;
    }

    private void play(java.util.function.Consumer<shop.checkout.orchestrator.Participants> part) {
        try (var participants = participants()) {
            part.accept(participants);
        }
    }

    private SagaId sagaOf(String key) {
        return await()
                .atMost(Duration.ofSeconds(10))
                .until(
                        () -> jdbc.queryForList(
                                "select saga_id::text from idempotency_key where key = ?", String.class, key),
                        found -> !found.isEmpty())
                .stream()
                .map(SagaId::parse)
                .findFirst()
                .orElseThrow();
    }

    private JsonNode list(String status) {
        return http().get(CHECKOUTS + "?limit=200&status=" + status).json();
    }

    private static List<String> ids(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(item -> item.get("id").asString())
                .toList();
    }
}
