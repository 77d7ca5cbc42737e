package shop.checkout.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InventoryApiIT extends ServiceUnderTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @LocalServerPort
    private int port;

    @Test
    void listsTheCatalogueWithWhatThereIs() throws Exception {
        var items = get("/api/v1/stock", 200).get("items");

        assertThat(items.findValuesAsString("sku"))
                .contains("beans-1kg", "espresso-machine", "sold-out")
                .isSorted();
    }

    @Test
    void showsOneProduct() throws Exception {
        assertThat(get("/api/v1/stock/sold-out", 200).toString())
                .isEqualTo("{\"sku\":\"sold-out\",\"name\":\"Hand-made cup, sold out\","
                        + "\"price\":{\"amount\":\"45.00\",\"currency\":\"EUR\"},"
                        + "\"available\":0,\"reserved\":0,\"sold\":0,\"restocked\":0}");
    }

    @Test
    void showsAReservation() throws Exception {
        var order = reservation("SOLD", "beans-1kg", "descaler");

        var shown = get("/api/v1/reservations/" + order, 200);

        assertThat(shown.get("orderId").asString()).isEqualTo(order.toString());
        assertThat(shown.get("state").asString()).isEqualTo("SOLD");
        assertThat(shown.get("total").toString()).isEqualTo("{\"amount\":\"249.00\",\"currency\":\"EUR\"}");
        assertThat(shown.get("lines").toString())
                .isEqualTo("[{\"sku\":\"beans-1kg\",\"quantity\":2},{\"sku\":\"descaler\",\"quantity\":2}]");
        assertThat(shown.get("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void pagesThroughAllReservationsYoungestFirstAndEachOnce() throws Exception {
        var orders = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            orders.add(reservation("RELEASED", "tamper").toString());
        }
        orders.sort(Comparator.reverseOrder()); // those of the same millisecond are in no order of their own

        var seen = new ArrayList<String>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = get(
                    "/api/v1/reservations?limit=3"
                            + cursor.map(it -> "&cursor=" + it).orElse(""),
                    200);
            seen.addAll(page.get("items").findValuesAsString("orderId"));
            cursor = page.path("next").asStringOpt();
        } while (cursor.isPresent());

        assertThat(seen).startsWith(orders.toArray(String[]::new)).doesNotHaveDuplicates();
        assertThat(seen)
                .hasSize(jdbc.query("select 1 from reservation", (row, _) -> 1).size());
    }

    @Test
    void countsReservationsByState() throws Exception {
        long before = get("/api/v1/reservations/summary", 200).get("SOLD").asLong();

        reservation("SOLD", "tamper");

        var after = get("/api/v1/reservations/summary", 200);
        assertThat(after.get("SOLD").asLong()).isEqualTo(before + 1);
        assertThat(after.propertyNames())
                .containsExactly("RESERVED", "RELEASED", "SOLD", "RETURNED", "REFUSED", "BLOCKED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/stock/no-such-thing",
                "/api/v1/reservations/01990000-0000-7000-8000-000000000000",
                "/api/v1/nothing"
            })
    void saysWhatIsNotThere(String path) throws Exception {
        assertThat(get(path, 404).get("status").asInt()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/stock/%20", "/api/v1/reservations/42", "/api/v1/reservations?limit=0",
                "/api/v1/reservations?limit=201", "/api/v1/reservations?limit=many",
                        "/api/v1/reservations?cursor=there",
            })
    void refusesParametersThatMakeNoSense(String path) throws Exception {
        assertThat(get(path, 400).get("status").asInt()).isEqualTo(400);
    }

    @Test
    void changesNothing() throws Exception {
        for (var method : List.of("POST", "PUT", "DELETE")) {
            assertThat(send(method, "/api/v1/stock/tamper").statusCode()).isEqualTo(405);
        }
    }

    private UUID reservation(String state, String... skus) {
        var order = Generators.timeBasedEpochGenerator().generate();
        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "insert into reservation (order_id, state, total, currency, hlc) values (?, ?, 24900, 'EUR', 1)",
                    order,
                    state);
            for (var sku : skus) {
                jdbc.update("insert into reservation_line values (?, ?, 2)", order, sku);
            }
        });
        return order;
    }

    private JsonNode get(String path, int status) throws IOException, InterruptedException {
        var response = send("GET", path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue(status < 400 ? "application/json" : "application/problem+json");
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
