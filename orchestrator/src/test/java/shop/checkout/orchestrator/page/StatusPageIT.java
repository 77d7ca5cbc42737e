package shop.checkout.orchestrator.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.OrchestratorUnderTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class StatusPageIT extends OrchestratorUnderTest {

    private static final String EVENTS = "/ui/events";

    /** What a browser's EventSource does. */
    private final class Events implements AutoCloseable {
        private final BufferedReader lines;

        Events(String path) {
            lines = new BufferedReader(new InputStreamReader(http().stream(path), UTF_8));
        }

        JsonNode next(String event) throws IOException {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("event: " + event)) {
                    return JsonMapper.shared().readTree(lines.readLine().substring("data: ".length()));
                }
            }
            throw new IOException("the stream ended without " + event);
        }

        JsonNode nextWith(SagaId id, String status) throws IOException {
            while (true) {
                for (var row : next("rows").get("rows")) {
                    if (row.get("id").asString().equals(id.toString())
                            && row.get("status").asString().equals(status)) {
                        return row;
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void isOnePageThatMayRunNothingButItsOwnScript() throws Exception {
        var page = http().get("/ui", "Accept", "text/html");

        var policy = page.header("Content-Security-Policy");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe");
        for (var tag : new String[] {"style", "script"}) {
            var content = Pattern.compile("<" + tag + ">(.*)</" + tag + ">", Pattern.DOTALL)
                    .matcher(page.response().body());
            assertThat(content.find()).isTrue();
            var digest = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(content.group(1).getBytes(UTF_8));
            assertThat(policy)
                    .contains(tag + "-src 'sha256-"
                            + java.util.Base64.getEncoder().encodeToString(digest) + "'");
        }
        assertThat(page.response().body()).doesNotContain("{{", " style=", "src=", "onclick=");
    }

    @Test
    void isFoundFromTheRoot() {
        var answer = http().get("/", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/ui");
    }

    @Test
    void showsWhatIsThereAndThenEachChange() throws Exception {
        var before = http().checkout();
        try (var events = new Events(EVENTS);
                var participants = participants()) {
            var first = events.next("rows");
            assertThat(first.get("order").get(0).asString()).isEqualTo(before.toString());
            assertThat(first.get("rows").size()).isEqualTo(first.get("order").size());
            assertThat(first.get("counts").get("total").asInt()).isPositive();

            var started = http().checkout();
            events.nextWith(started, "RUNNING");
            participants.complete(started);

            var row = events.nextWith(started, "COMPLETED");
            assertThat(row.get("total").get("amount").asString()).isEqualTo("249.00");
        }
    }

    @Test
    void sendsOnlyRowsThatChanged() throws Exception {
        execute("update saga set wake_at = now() + interval '1 hour' where wake_at is not null"); // nobody asks again
        IntStream.range(0, 5).forEach(i -> http().checkout());
        try (var events = new Events(EVENTS);
                var participants = participants()) {
            var id = SagaId.parse(events.next("rows").get("order").get(2).asString());

            participants.reserve(id);

            var change = events.next("rows");
            assertThat(change.get("order").size()).isGreaterThanOrEqualTo(5);
            assertThat(change.get("rows").size()).isEqualTo(1);
            assertThat(change.get("rows").get(0).get("id").asString()).isEqualTo(id.toString());
        }
    }

    @Test
    void showsOnlyTheStatusThatIsAskedFor() throws Exception {
        var id = http().checkout();
        try (var events = new Events(EVENTS + "?view=COMPENSATING")) {
            assertThat(events.next("rows").get("order").toString()).doesNotContain(id.toString());

            http().post("/api/v1/checkouts/" + id + "/cancel", "");

            events.nextWith(id, "COMPENSATING");
        }
        assertThat(http().get(EVENTS + "?view=LOST").status()).isEqualTo(400);
    }

    @Test
    void saysThatItIsAliveWhenNothingChanges() throws Exception {
        try (var events = new Events(EVENTS + "?view=NEEDS_ATTENTION")) {
            var heartbeat = events.next("heartbeat");

            assertThat(heartbeat.get("fresh").asBoolean()).isTrue();
        }
    }

    @Test
    void tellsTheHistoryOfACheckout() throws Exception {
        var id = http().checkout();
        try (var participants = participants()) {
            participants.complete(id);
        }
        assertThat(http().get("/api/v1/checkouts/" + id + "?wait=20").text("status"))
                .isEqualTo("COMPLETED");

        var detail = http().get("/ui/checkouts/" + id).json();

        assertThat(detail.get("checkout").get("id").asString()).isEqualTo(id.toString());
        assertThat(detail.get("history").findValuesAsString("cause"))
                .containsExactly("STARTED", "REPLIED", "REPLIED", "REPLIED");
        assertThat(detail.get("history").get(1).get("changes").toString())
                .isEqualTo("[{\"step\":\"reserve-inventory\",\"phase\":\"DONE\",\"attempt\":1,\"send\":0},"
                        + "{\"step\":\"charge-payment\",\"phase\":\"RUNNING\",\"attempt\":1,\"send\":1}]");
        assertThat(http().get("/ui/checkouts/0199a5b2-0000-7000-8000-000000000001")
                        .status())
                .isEqualTo(404);
        assertThat(http().get("/ui/checkouts/4711").status()).isEqualTo(400);
    }
}
