package shop.checkout.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static shop.checkout.orchestrator.Http.CHECKOUT;
import static shop.checkout.orchestrator.Http.CHECKOUTS;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shop.checkout.orchestrator.Http.Answer;
import shop.checkout.orchestrator.OrchestratorUnderTest;

class StartCheckoutIT extends OrchestratorUnderTest {

    @Autowired
    private DataSource dataSource;

    private final String key = UUID.randomUUID().toString();

    @Test
    void acceptsACheckoutAndSaysWhereItIs() {
        var answer = http().checkout(key, CHECKOUT);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo(CHECKOUTS + "/" + answer.id());
        assertThat(answer.text("status")).isEqualTo("RUNNING");
        assertThat(answer.json().get("total").isNull()).isTrue();
        assertThat(answer.json().get("steps").toString())
                .isEqualTo("[{\"name\":\"reserve-inventory\",\"state\":\"RUNNING\",\"attempt\":1,\"sends\":1},"
                        + "{\"name\":\"charge-payment\",\"state\":\"PENDING\",\"attempt\":1,\"sends\":0},"
                        + "{\"name\":\"create-shipment\",\"state\":\"PENDING\",\"attempt\":1,\"sends\":0}]");
    }

    @Test
    void answersWhatGetWouldAnswer() {
        var answer = http().checkout(key, CHECKOUT);

        var shown = http().get(answer.header("Location"));

        assertThat(shown.json()).isEqualTo(answer.json());
        assertThat(shown.header("ETag")).isEqualTo(answer.header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void givesIdsThatSortByBirth() {
        assertThat(IntStream.range(0, 20).mapToObj(i -> http().checkout()).toList())
                .isSorted()
                .allSatisfy(id -> assertThat(id.value().version()).isEqualTo(7));
    }

    @Test
    void answersARepetitionWithTheSameCheckout() {
        var first = http().checkout(key, CHECKOUT);

        var again = http().checkout(key, CHECKOUT);
        var quoted = http().checkout('"' + key + '"', CHECKOUT);
        var reordered = http().checkout(key, reordered());

        assertThat(first.status()).isEqualTo(202);
        assertThat(List.of(again, quoted, reordered))
                .allSatisfy(it -> assertThat(it.status()).isEqualTo(202))
                .allSatisfy(it -> assertThat(it.json()).isEqualTo(first.json()));
        assertThat(sagasOf(key)).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatHasStartedAnotherCheckout() {
        http().checkout(key, CHECKOUT);

        var other = http().checkout(key, CHECKOUT.replace("c-42", "c-43"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("code")).isEqualTo("idempotency-key-reused");
    }

    @Test
    void startsOneSagaForFiftyEqualRequestsAtOnce() throws Exception {
        var ids = new HashSet<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = IntStream.range(0, 50)
                    .<Callable<Answer>>mapToObj(i -> () -> http().checkout(key, CHECKOUT))
                    .toList();
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get().status()).isEqualTo(202);
                ids.add(answer.get().text("id"));
            }
        }

        assertThat(ids).hasSize(1);
        assertThat(sagasOf(key)).isEqualTo(1);
        assertThat(count("outbox where aggregateid = '" + ids.iterator().next() + "' and name = 'reserve-inventory'"))
                .isEqualTo(1);
    }

    @Test
    void leavesNothingBehindWhenTheSagaCannotBeStored() {
        execute("alter table saga add constraint no_thirteen check (data ->> 'customerId' <> 'c-13') not valid");
        try {
            var failed = http().checkout(key, CHECKOUT.replace("c-42", "c-13"));

            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.text("code")).isEqualTo("internal-error");
            assertThat(failed.text("traceId"))
                    .isEqualTo(failed.header("X-Trace-Id"))
                    .hasSize(32);
            assertThat(failed.response().body()).doesNotContain("no_thirteen", "Exception");
            assertThat(count("idempotency_key where key = '" + key + "'")).isZero();
            assertThat(count("saga where data ->> 'customerId' = 'c-13'")).isZero();
        } finally {
            execute("alter table saga drop constraint no_thirteen");
        }

        assertThat(http().checkout(key, CHECKOUT.replace("c-42", "c-13")).status())
                .isEqualTo(202);
    }

    @Test
    void doesNotWaitForeverForAKeyThatAnotherReplicaIsHoldingOn() throws Exception {
        try (var replica = dataSource.getConnection();
                var statement = replica.createStatement()) {
            replica.setAutoCommit(false);
            statement.execute("insert into idempotency_key values ('POST /api/v1/checkouts', '" + key + "', 'x', '"
                    + UUID.randomUUID() + "')");

            var answer = http().checkout(key, CHECKOUT);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.text("code")).isEqualTo("request-in-progress");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            replica.rollback();
        }

        assertThat(http().checkout(key, CHECKOUT).status()).isEqualTo(202);
    }

    private int sagasOf(String usedKey) {
        return count("saga where id in (select saga_id from idempotency_key where key = '" + usedKey + "')");
    }

    private static String reordered() {
        return """
                {"payment": {"method": "pm_card_visa"}, "customerId": "c-42",
                 "shippingAddress": {"country": "GB", "name": "Ada Lovelace", "street": "12 St James's Square",
                                     "city": "London", "postalCode": "SW1Y 4JH"},
                 "lines": [{"quantity": 1, "sku": "espresso-machine"}]}
                """;
    }
}
