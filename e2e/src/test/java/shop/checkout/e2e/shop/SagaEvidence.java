package shop.checkout.e2e.shop;

import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import shop.checkout.e2e.guarantee.Evidence.Audited;
import shop.checkout.e2e.guarantee.Evidence.Change;
import shop.checkout.e2e.guarantee.Evidence.History;
import shop.checkout.e2e.guarantee.Evidence.Order;
import shop.checkout.e2e.guarantee.Evidence.Pending;
import shop.checkout.e2e.guarantee.Evidence.Saga;
import tools.jackson.databind.JsonNode;

/** What the orchestrator's database says. */
final class SagaEvidence {

    private record Line(UUID saga, History history) {}

    private final Databases databases;

    SagaEvidence(Databases databases) {
        this.databases = databases;
    }

    List<Order> orders() {
        return databases.query(
                Part.ORCHESTRATOR,
                "select scope, key, saga_id from idempotency_key",
                row -> new Order(row.getString(1), row.getString(2), row.getObject(3, UUID.class)));
    }

    List<Saga> sagas() {
        var histories = databases
                .query(
                        Part.ORCHESTRATOR,
                        "select saga_id, seq, cause, verdict, status, changes from saga_history order by saga_id, seq",
                        SagaEvidence::line)
                .stream()
                .collect(groupingBy(Line::saga));
        return databases.query(
                Part.ORCHESTRATOR, "select id, definition, status, data, steps from saga order by id", row -> {
                    var id = row.getObject("id", UUID.class);
                    var data = Http.JSON.readTree(row.getString("data"));
                    return new Saga(
                            id,
                            row.getString("status"),
                            total(data),
                            row.getString("definition").equals("return")
                                    ? Optional.of(
                                            UUID.fromString(data.path("orderId").asString()))
                                    : Optional.empty(),
                            steps(Http.JSON.readTree(row.getString("steps"))),
                            histories.getOrDefault(id, List.of()).stream()
                                    .map(Line::history)
                                    .toList());
                });
    }

    List<Audited> audit() {
        return databases.query(
                Part.ORCHESTRATOR,
                "select saga_id, revision_after from audit order by id",
                row -> new Audited(row.getObject(1, UUID.class), row.getLong(2)));
    }

    List<Pending> timers() {
        return databases.query(
                Part.ORCHESTRATOR,
                "select id from saga where wake_at is not null",
                row -> new Pending("timer", row.getObject(1, UUID.class)));
    }

    private static Line line(ResultSet row) throws SQLException {
        var changes = Http.JSON
                .readTree(row.getString("changes"))
                .valueStream()
                .map(change -> new Change(
                        change.path("step").asString(),
                        change.path("phase").asString(),
                        change.path("attempt").asInt(1),
                        change.path("send").asInt()))
                .toList();
        return new Line(
                row.getObject("saga_id", UUID.class),
                new History(
                        row.getLong("seq"),
                        row.getString("cause"),
                        row.getString("verdict"),
                        row.getString("status"),
                        changes));
    }

    /** All currencies here have two decimals. */
    private static Optional<Long> total(JsonNode data) {
        var amount = data.at("/total/amount");
        return amount.isMissingNode() || amount.isNull()
                ? Optional.empty()
                : Optional.of(
                        new BigDecimal(amount.asString()).movePointRight(2).longValueExact());
    }

    private static Map<String, String> steps(JsonNode steps) {
        var phases = new LinkedHashMap<String, String>();
        steps.forEach(step ->
                phases.put(step.path("name").asString(), step.path("phase").asString()));
        return phases;
    }
}
