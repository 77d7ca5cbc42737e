package shop.checkout.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PickUpTest {

    private static final String PICK_UPS = "/carrier/v1/pickups";
    private static final String LONDON = "SW1Y 4JH";

    @TempDir
    Path data;

    Sandbox sandbox;
    Http http;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(new SandboxOptions("127.0.0.1", 0, data));
        http = Http.to(sandbox);
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        sandbox.close();
    }

    @Test
    void schedulesAPickUpThatCanBeLookedUp() throws Exception {
        var made = http.post(PICK_UPS, "key", pickUp("return-1", LONDON));

        assertThat(made.status()).isEqualTo(201);
        var pickUp = json(made);
        assertThat(pickUp.get("status").asString()).isEqualTo("scheduled");
        assertThat(pickUp.get("number").asString()).startsWith("SBP");
        assertThat(json(http.get(PICK_UPS + "/" + id(pickUp)))).isEqualTo(pickUp);
        assertThat(json(http.get(PICK_UPS + "?reference=return-1")).get("pickUps"))
                .containsExactly(pickUp);
        assertThat(json(http.get(PICK_UPS + "?reference=return-2")).get("pickUps"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "99900"})
    void refusesWhereNothingIsFetchedAndSaysSoAgainUnderTheSameKey(String postalCode) throws Exception {
        var refused = http.post(PICK_UPS, "key", pickUp("return-1", postalCode));
        var again = http.post(PICK_UPS, "key", pickUp("return-1", postalCode));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(json(refused).get("code").asString()).isEqualTo("no_pick_up");
        assertThat(again).isEqualTo(new Http.Answered(422, true, refused.body()));
        assertThat(http.get("/sandbox/v1/effects").body()).isEmpty();
    }

    @Test
    void deliversWhereNothingIsFetched() throws Exception {
        assertThat(http.post("/carrier/v1/shipments", "key", CarrierTest.order("order-1", "99999"))
                        .status())
                .isEqualTo(201);
        assertThat(http.post(PICK_UPS, "other key", pickUp("return-1", "00000")).status())
                .isEqualTo(201);
    }

    @Test
    void schedulesOncePerKeyAndRefusesTheKeyForAnotherCall() throws Exception {
        var made = http.post(PICK_UPS, "key", pickUp("return-1", LONDON));

        var again = http.post(PICK_UPS, "key", pickUp("return-1", LONDON));
        var other = http.post("/carrier/v1/shipments", "key", CarrierTest.order("order-1", LONDON));

        assertThat(again).isEqualTo(new Http.Answered(201, true, made.body()));
        assertThat(json(other).get("code").asString()).isEqualTo("idempotency_key_reused");
        assertThat(totals("pickUps")).isEqualTo(1);
    }

    @Test
    void cancelsOnceHoweverOftenItIsAskedAndRemembersItAfterARestart() throws Exception {
        var id = id(json(http.post(PICK_UPS, "key", pickUp("return-1", LONDON))));

        var cancelled = http.post(PICK_UPS + "/" + id + "/cancel", "");
        var again = http.post(PICK_UPS + "/" + id + "/cancel", "");
        stop();
        start();

        assertThat(json(cancelled).get("status").asString()).isEqualTo("cancelled");
        assertThat(again).isEqualTo(cancelled);
        assertThat(http.get(PICK_UPS + "/" + id).body()).isEqualTo(cancelled.body());
        assertThat(http.get("/sandbox/v1/effects?order=return-1").body())
                .contains("\"pickUps\":1,\"pickUpCancellations\":1");
    }

    @Test
    void answersNotFoundForPickUpsThatWereNeverScheduled() throws Exception {
        assertThat(http.get(PICK_UPS + "/pup_never").status()).isEqualTo(404);
        assertThat(http.post(PICK_UPS + "/pup_never/cancel", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"99901, 500, 201, 1", "99902, 429, 201, 1", "99903, 500, 500, 0", "99904, 500, 500, 1"})
    void failsAsThePostalCodeAsks(String postalCode, int first, int second, int pickUps) throws Exception {
        assertThat(http.post(PICK_UPS, "key", pickUp("return-1", postalCode)).status())
                .isEqualTo(first);
        assertThat(http.post(PICK_UPS, "key", pickUp("return-1", postalCode)).status())
                .isEqualTo(second);

        assertThat(totals("pickUps")).isEqualTo(pickUps);
    }

    @Test
    void saysWhatIsWrongWithARequestAndDoesNothing() throws Exception {
        assertThat(http.post(PICK_UPS, "key", "{\"reference\":\"r\"}").body()).contains("sender is missing");
        assertThat(http.post(PICK_UPS, "key", "{\"reference\":\"r\",\"sender\":{\"name\":\"A\"}}")
                        .body())
                .contains("invalid_request", "sender.street is missing");
        assertThat(totals("pickUps")).isZero();
    }

    private int totals(String field) throws Exception {
        return json(http.get("/sandbox/v1/totals")).get(field).asInt();
    }

    private static String pickUp(String reference, String postalCode) {
        return """
                {"reference": "%s",
                 "sender": {"name": "Ada Lovelace", "street": "12 St James's Square", "city": "London",
                            "postalCode": "%s", "country": "GB"},
                 "items": [{"sku": "espresso-machine", "quantity": 1}]}""".formatted(reference, postalCode);
    }

    private static String id(JsonNode pickUp) {
        return pickUp.get("id").asString();
    }

    private static JsonNode json(Http.Answered answered) {
        return JsonMapper.shared().readTree(answered.body());
    }
}
