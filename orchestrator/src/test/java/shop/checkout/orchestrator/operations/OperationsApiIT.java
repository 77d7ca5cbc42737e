package shop.checkout.orchestrator.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.Http.Answer;
import shop.checkout.orchestrator.OrchestratorUnderTest;

class OperationsApiIT extends OrchestratorUnderTest {

    private static final String SAGAS = "/api/v1/sagas/";
    private static final String COMPENSATE =
            "{\"operation\":\"compensate\",\"operator\":\"ada\",\"reason\":\"the customer rang\"}";

    @Test
    void showsASagaInFullAndWhatMayBeDoneAboutIt() {
        var saga = http().checkout();

        var answer = http().get(SAGAS + saga);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        var json = answer.json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "id",
                        "saga",
                        "status",
                        "reason",
                        "heldBy",
                        "deadline",
                        "nextLookAt",
                        "steps",
                        "operations",
                        "createdAt",
                        "updatedAt");
        assertThat(json.get("saga").asString()).isEqualTo("checkout v2");
        assertThat(json.get("deadline").isNull()).isFalse();
        assertThat(json.get("steps").get(0).toString())
                .startsWith("{\"name\":\"reserve-inventory\",\"kind\":\"COMPENSATABLE\",\"participant\":\"inventory\","
                        + "\"state\":\"RUNNING\",\"attempt\":1,\"sends\":1,");
        assertThat(json.get("operations").findValuesAsString("operation")).containsExactly("retry", "compensate");
    }

    @Test
    void doesWhatIsAskedForAndTellsWhoDidItAndWhy() {
        var saga = http().checkout();

        var done = operate(saga, COMPENSATE, "\"1\"");

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.header("ETag")).isEqualTo("\"2\"");
        assertThat(done.text("status")).isEqualTo("COMPENSATING");
        var audit = http().get("/api/v1/audit?saga=" + saga).json().get("items");
        assertThat(audit).hasSize(1);
        assertThat(audit.get(0).get("operation").asString()).isEqualTo("compensate");
        assertThat(audit.get(0).get("operator").asString()).isEqualTo("ada");
        assertThat(audit.get(0).get("reason").asString()).isEqualTo("the customer rang");
        assertThat(audit.get(0).get("statusBefore").asString()).isEqualTo("RUNNING");
        assertThat(audit.get(0).get("statusAfter").asString()).isEqualTo("COMPENSATING");
        var history = http().get(SAGAS + saga + "/history").json();
        assertThat(history.findValuesAsString("cause")).containsExactly("STARTED", "OPERATED");
        assertThat(history.get(1).get("note").asString()).isEqualTo("compensate by ada: the customer rang");
        assertThat(history.findValuesAsString("hlc")).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void listsTheAuditOfAllSagasInPagesLatestFirst() {
        var first = http().checkout();
        var second = http().checkout();
        operate(first, COMPENSATE, "\"1\"");
        operate(second, COMPENSATE, "\"1\"");

        var page = http().get("/api/v1/audit?limit=1").json();
        var next = http().get("/api/v1/audit?limit=1&cursor=" + page.get("next").asString())
                .json();

        assertThat(page.get("items").findValuesAsString("saga")).containsExactly(second.toString());
        assertThat(next.get("items").findValuesAsString("saga")).containsExactly(first.toString());
    }

    @Test
    void refusesToActOnWhatIsNoLongerSo() {
        var saga = http().checkout();

        var outdated = operate(saga, COMPENSATE, "\"4711\"");

        assertThat(outdated.status()).isEqualTo(412);
        assertThat(outdated.text("code")).isEqualTo("saga-has-moved");
        assertThat(http().get(SAGAS + saga).text("status")).isEqualTo("RUNNING");
    }

    @Test
    void wantsToKnowWhatTheOperatorSaw() {
        var saga = http().checkout();

        var answer = http().post(SAGAS + saga + "/operations", COMPENSATE, "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(428);
        assertThat(answer.text("code")).isEqualTo("if-match-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "1", "\"one\"", "\"1\", \"2\"", "\"99999999999999999999\""})
    void takesOneOfItsOwnETagsOnly(String tag) {
        var answer = operate(http().checkout(), COMPENSATE, tag);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("invalid-if-match");
    }

    @Test
    void saysWhyTheSagaDoesNotAllowIt() {
        var saga = http().checkout();

        var answer = operate(
                saga,
                "{\"operation\":\"mark-undone\",\"step\":\"charge-payment\",\"operator\":\"ada\",\"reason\":\"done\"}",
                "\"1\"");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("code")).isEqualTo("not-possible");
        assertThat(answer.text("detail")).contains("charge-payment whose undo has failed for too long");
        assertThat(http().get("/api/v1/audit?saga=" + saga).json().get("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"operation":"explode","operator":"ada","reason":"why"}              | /operation
            {"operation":"retry","operator":"ada"}                               | /reason
            {"operation":"retry","operator":"ada","reason":" "}                  | /reason
            {"operation":"retry","reason":"why"}                                 | /operator
            {"operation":"skip","operator":"ada","reason":"why"}                 | /step
            {"operation":"retry","step":"x","operator":"ada","reason":"why"}     | /step
            {"operator":"ada","reason":"why"}                                    | /operation
            """)
    void saysWhichFieldIsWrong(String body, String pointer) {
        var answer = operate(http().checkout(), body, "\"1\"");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").findValuesAsString("pointer")).contains(pointer);
    }

    @Test
    void knowsNoStrangers() {
        var stranger = "0199a5b2-0000-7000-8000-000000000001";

        assertThat(http().get(SAGAS + stranger).status()).isEqualTo(404);
        assertThat(http().get(SAGAS + stranger + "/history").status()).isEqualTo(404);
        assertThat(operate(new SagaId(UUID.fromString(stranger)), COMPENSATE, "\"1\"")
                        .status())
                .isEqualTo(404);
        assertThat(http().get(SAGAS + "4711").status()).isEqualTo(400);
        assertThat(http().get("/api/v1/audit?saga=4711").status()).isEqualTo(400);
    }

    private Answer operate(SagaId saga, String body, String etag) {
        return http().post(SAGAS + saga + "/operations", body, "Content-Type", "application/json", "If-Match", etag);
    }
}
