package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.guarantee.GuaranteeChecker;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.EvidenceReader;
import shop.checkout.e2e.shop.Http;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.Quiet;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;
import tools.jackson.databind.JsonNode;

/** Payment stops answering (SIGSTOP) for long enough to be noticed: checkouts wait for it, and none is lost or undone. */
@ExtendWith(SharedShop.class)
@Order(6)
class SilentParticipantIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void holdsCheckoutsWhileAParticipantIsSilentAndFinishesThemWhenItAnswers(RunningShop shop) {
        List<String> asked;
        List<String> held;
        try (var _ = shop.pause(Part.PAYMENT)) {
            asked = checkouts(shop, 25);
            await("payment to be held to be silent")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> isHeld(shop, checkouts(shop, 1).getFirst()));
            held = checkouts(shop, 5);
            await("new checkouts to be held back")
                    .atMost(LIMIT)
                    .until(() -> held.stream().allMatch(id -> isHeld(shop, id)));

            assertThat(held)
                    .allSatisfy(id ->
                            assertThat(payment(shop, id).path("sends").asInt()).isZero());
            compensate(shop, held.getLast());
            await("the operator's checkout to be undone while payment is silent")
                    .atMost(LIMIT)
                    .until(() ->
                            saga(shop, held.getLast()).path("status").asString().equals("REJECTED"));
        }

        await("all checkouts to end").atMost(LIMIT).until(() -> Quiet.open(shop) == 0);
        assertThat(Stream.concat(asked.stream(), held.subList(0, held.size() - 1).stream()))
                .allSatisfy(id ->
                        assertThat(saga(shop, id).path("status").asString()).isEqualTo("COMPLETED"));
        Quiet.await(shop);
        assertThat(GuaranteeChecker.judge(EvidenceReader.read(shop, List.of()))).isEmpty();
    }

    private static List<String> checkouts(RunningShop shop, int count) {
        return Stream.generate(() -> shop.api()
                        .checkout(UUID.randomUUID().toString(), Cart.GOOD.json(), Duration.ZERO)
                        .json()
                        .path("id")
                        .asString())
                .limit(count)
                .toList();
    }

    private static boolean isHeld(RunningShop shop, String id) {
        return await("checkout " + id + " to reach payment")
                .atMost(LIMIT)
                .until(() -> payment(shop, id).path("state").asString(), state -> !state.equals("PENDING"))
                .equals("HELD");
    }

    /** A person looks at the saga, and has it undone. */
    private static void compensate(RunningShop shop, String id) {
        var seen = shop.http().get(Part.ORCHESTRATOR, "/api/v1/sagas/" + id);
        var request = Http.request(shop.http().url(Part.ORCHESTRATOR, "/api/v1/sagas/" + id + "/operations"))
                .header("Content-Type", "application/json")
                .header("If-Match", seen.headers().firstValue("ETag").orElseThrow())
                .POST(BodyPublishers.ofString("""
                        {"operation": "compensate", "operator": "ada", "reason": "the customer will not wait"}"""));
        try {
            assertThat(Http.send(request.build()).status()).isEqualTo(200);
        } catch (IOException e) {
            throw new AssertionError("the operation should be answered", e);
        }
    }

    private static JsonNode payment(RunningShop shop, String id) {
        return saga(shop, id).path("steps").path(1);
    }

    private static JsonNode saga(RunningShop shop, String id) {
        return shop.http().get(Part.ORCHESTRATOR, "/api/v1/sagas/" + id).json();
    }
}
