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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CarrierTest {

    private static final String SHIPMENTS = "/carrier/v1/shipments";
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
    void makesAShipmentThatCanBeLookedUp() throws Exception {
        var made = http.post(SHIPMENTS, "key", order("order-1", LONDON));

        assertThat(made.status()).isEqualTo(201);
        var shipment = json(made);
        assertThat(shipment.get("status").asString()).isEqualTo("created");
        assertThat(shipment.get("trackingNumber").asString()).startsWith("SBX");
        assertThat(json(http.get(SHIPMENTS + "/" + shipment.get("id").asString())))
                .isEqualTo(shipment);
        assertThat(json(http.get(SHIPMENTS + "?reference=order-1")).get("shipments"))
                .containsExactly(shipment);
        assertThat(json(http.get(SHIPMENTS + "?reference=order-2")).get("shipments"))
                .isEmpty();
    }

    @Test
    void printsALabelWhereItSaysItIs() throws Exception {
        var shipment = json(http.post(SHIPMENTS, "key", order("order-1", LONDON)));
        var label = shipment.get("labelUrl").asString();

        assertThat(label).startsWith(sandbox.url());
        assertThat(http.get(label.substring(sandbox.url().length())).body())
                .contains(shipment.get("trackingNumber").asString());
    }

    @Test
    void refusesWhereNobodyLivesAndSaysSoAgainUnderTheSameKey() throws Exception {
        var refused = http.post(SHIPMENTS, "key", order("order-1", "00000"));
        var again = http.post(SHIPMENTS, "key", order("order-1", "00000"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(json(refused).get("code").asString()).isEqualTo("undeliverable");
        assertThat(again).isEqualTo(new Http.Answered(422, true, refused.body()));
        assertThat(http.get("/sandbox/v1/effects").body()).isEmpty();
    }

    @Test
    void shipsOncePerKeyAndRefusesTheKeyForAnotherShipment() throws Exception {
        var made = http.post(SHIPMENTS, "key", order("order-1", LONDON));

        var again = http.post(SHIPMENTS, "key", order("order-1", LONDON));
        var other = http.post(SHIPMENTS, "key", order("order-2", LONDON));

        assertThat(again).isEqualTo(new Http.Answered(201, true, made.body()));
        assertThat(other.status()).isEqualTo(400);
        assertThat(json(other).get("code").asString()).isEqualTo("idempotency_key_reused");
        assertThat(json(http.get("/sandbox/v1/totals")).get("shipments").asInt())
                .isEqualTo(1);
    }

    @Test
    void cancelsOnceHoweverOftenItIsAsked() throws Exception {
        var id = json(http.post(SHIPMENTS, "key", order("order-1", LONDON)))
                .get("id")
                .asString();

        var cancelled = http.post(SHIPMENTS + "/" + id + "/cancel", "");
        var again = http.post(SHIPMENTS + "/" + id + "/cancel", "");

        assertThat(json(cancelled).get("status").asString()).isEqualTo("cancelled");
        assertThat(again).isEqualTo(cancelled);
        assertThat(json(http.get("/sandbox/v1/totals")).get("cancellations").asInt())
                .isEqualTo(1);
    }

    @Test
    void answersNotFoundForShipmentsThatWereNeverMade() throws Exception {
        assertThat(http.get(SHIPMENTS + "/shp_never").status()).isEqualTo(404);
        assertThat(http.post(SHIPMENTS + "/shp_never/cancel", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"00001, 500, 201, 1", "00002, 429, 201, 1", "00003, 500, 500, 0", "00004, 500, 500, 1"})
    void failsAsThePostalCodeAsks(String postalCode, int first, int second, int shipments) throws Exception {
        assertThat(http.post(SHIPMENTS, "key", order("order-1", postalCode)).status())
                .isEqualTo(first);
        assertThat(http.post(SHIPMENTS, "key", order("order-1", postalCode)).status())
                .isEqualTo(second);

        assertThat(json(http.get("/sandbox/v1/totals")).get("shipments").asInt())
                .isEqualTo(shipments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | the body is not JSON",
                "null | must be a JSON object",
                "[] | wrong type",
                "{\"reference\":\"o\",\"recipient\":{\"name\":\"A\",\"street\":\"S\",\"city\":\"C\",\"postalCode\":\"1\","
                        + "\"country\":\"GB\"},\"weight\":1} | unknown field weight",
                "{\"reference\":1} | reference is of the wrong type",
                "{\"reference\":\"o\"} | recipient is missing",
                "{\"reference\":\"o\",\"recipient\":{\"name\":\"A\"}} | recipient.street is missing",
                "{\"reference\":\" \"} | reference is missing"
            })
    void saysWhatIsWrongWithARequestAndDoesNothing(String body, String complaint) throws Exception {
        var answered = http.post(SHIPMENTS, "key", body);

        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.body()).contains("invalid_request", complaint);
        assertThat(http.post(SHIPMENTS, "key", order("order-1", LONDON)).status())
                .isEqualTo(201);
    }

    @Test
    void refusesBodiesNoHonestClientSends() throws Exception {
        assertThat(http.post(SHIPMENTS, "x".repeat(70_000)).status()).isEqualTo(413);
    }

    static String order(String reference, String postalCode) {
        return """
                {"reference": "%s",
                 "recipient": {"name": "Ada Lovelace", "street": "12 St James's Square", "city": "London",
                               "postalCode": "%s", "country": "GB"},
                 "items": [{"sku": "espresso-machine", "quantity": 1}]}""".formatted(reference, postalCode);
    }

    private static JsonNode json(Http.Answered answered) {
        return JsonMapper.shared().readTree(answered.body());
    }
}
