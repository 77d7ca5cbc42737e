package shop.checkout.e2e.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import shop.checkout.e2e.guarantee.Evidence.Audited;
import shop.checkout.e2e.guarantee.Evidence.Change;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Delivered;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.History;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.MessageKey;
import shop.checkout.e2e.guarantee.Evidence.Order;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.guarantee.Evidence.Pending;
import shop.checkout.e2e.guarantee.Evidence.Request;
import shop.checkout.e2e.guarantee.Evidence.Saga;
import shop.checkout.e2e.guarantee.Evidence.Sent;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;
import shop.checkout.e2e.guarantee.Evidence.Stock;

/**
 * A flawless run for tests to break in one place: of three checkouts one is completed, one is undone from its last step, and
 * one is completed and returned, after a first return was rejected and undone.
 */
final class Run {

    static final UUID COMPLETED = new UUID(0x0199, 1);
    static final UUID REJECTED = new UUID(0x0199, 2);
    static final UUID BROUGHT_BACK = new UUID(0x0199, 3);
    static final UUID REJECTED_RETURN = new UUID(0x0199, 4);
    static final UUID RETURN = new UUID(0x0199, 5);
    static final long TOTAL = 24_900;

    private static final String SKU = "espresso-machine";

    final List<Request> requests = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    final List<Saga> sagas = new ArrayList<>();
    final List<Stock> stock = new ArrayList<>(List.of(new Stock(SKU, 10, 1, 9, 0, 2)));
    final List<Effect> effects = new ArrayList<>();
    final List<Holding> holdings = new ArrayList<>();
    final List<Outside> outside = new ArrayList<>();
    final List<Sent> outbox = new ArrayList<>();
    final List<Delivered> delivered = new ArrayList<>();
    final List<Pending> pending = new ArrayList<>();
    final List<Audited> audit = new ArrayList<>();
    private long clock = 100;

    static Run flawless() {
        var run = new Run();
        run.complete(COMPLETED, "key-1", Standing.SETTLED, Standing.THERE, 0);
        run.complete(BROUGHT_BACK, "key-3", Standing.RETURNED, Standing.RETURNED, TOTAL);
        run.rejectReturn();
        run.completeReturn();
        run.reject();
        return run;
    }

    Evidence evidence() {
        return new Evidence(
                requests, orders, sagas, stock, effects, holdings, outside, outbox, delivered, pending, audit);
    }

    /** Breaks a flawless run, and sees to it that the checker names rule and id. */
    static void assertFound(String rule, Object id, Consumer<Run> breaking) {
        var run = flawless();

        breaking.accept(run);

        assertThat(GuaranteeChecker.judge(run.evidence())).anySatisfy(found -> {
            assertThat(found.rule()).isEqualTo(rule);
            assertThat(found.sentence()).contains(id.toString());
        });
    }

    /** Replaces the rows that fit; there must be one. */
    static <T> void change(List<T> rows, Predicate<T> which, UnaryOperator<T> to) {
        if (rows.stream().noneMatch(which)) {
            throw new AssertionError("nothing to change in " + rows);
        }
        rows.replaceAll(row -> which.test(row) ? to.apply(row) : row);
    }

    private void complete(UUID saga, String key, Standing goods, Standing money, long refunded) {
        ordered(saga, key);
        command(saga, "inventory", "reserve-inventory", 1);
        command(saga, "payment", "charge-payment", 1);
        command(saga, "payment", "charge-payment", 2);
        command(saga, "shipping", "create-shipment", 1);
        did(Service.INVENTORY, saga, "reserve-inventory", Deed.DONE, 1);
        did(Service.PAYMENT, saga, "charge-payment", Deed.DONE, TOTAL);
        did(Service.SHIPPING, saga, "create-shipment", Deed.DONE, 1);
        did(Service.INVENTORY, saga, "event/4", Deed.SETTLED, 1);
        stands(saga, goods, money, Standing.THERE);
        outside.add(new Outside(saga, TOTAL, refunded, 1, refunded > 0 ? 1 : 0, 1, 0));
        saga(
                saga,
                "COMPLETED",
                List.of("DONE", "DONE", "DONE"),
                List.of(
                        line(1, "RUNNING", new Change("reserve-inventory", "RUNNING", 1)),
                        line(2, "RUNNING", new Change("charge-payment", "RUNNING", 1)),
                        line(3, "RUNNING", new Change("charge-payment", "RUNNING", 2)),
                        line(4, "RUNNING", new Change("create-shipment", "RUNNING", 1)),
                        line(5, "COMPLETED", new Change("create-shipment", "DONE", 0))));
    }

    private void rejectReturn() {
        ordered(REJECTED_RETURN, "key-4");
        command(REJECTED_RETURN, "shipping", "schedule-pick-up", 1);
        command(REJECTED_RETURN, "payment", "refund", 1);
        command(REJECTED_RETURN, "shipping", "schedule-pick-up/undo", 1);
        did(Service.SHIPPING, REJECTED_RETURN, "schedule-pick-up", Deed.DONE, 1);
        did(Service.SHIPPING, REJECTED_RETURN, "schedule-pick-up/undo", Deed.UNDONE, 1);
        holdings.add(new Holding(Service.SHIPPING, REJECTED_RETURN, "", Standing.GONE, 1));
        holdings.add(new Holding(Service.PAYMENT, REJECTED_RETURN, "", Standing.NOTHING, TOTAL));
        outside.add(new Outside(REJECTED_RETURN, 0, 0, 0, 0, 0, 0, 1, 1));
        goodsReturn(
                REJECTED_RETURN,
                "REJECTED",
                List.of("UNDONE", "REFUSED", "PENDING"),
                List.of(
                        line(1, "RUNNING", new Change("schedule-pick-up", "RUNNING", 1)),
                        line(2, "RUNNING", new Change("refund", "RUNNING", 1)),
                        line(3, "COMPENSATING", new Change("schedule-pick-up", "UNDOING", 1)),
                        line(4, "REJECTED", new Change("schedule-pick-up", "UNDONE", 0))));
    }

    private void completeReturn() {
        ordered(RETURN, "key-5");
        command(RETURN, "shipping", "schedule-pick-up", 1);
        command(RETURN, "payment", "refund", 1);
        command(RETURN, "inventory", "restock", 1);
        did(Service.SHIPPING, RETURN, "schedule-pick-up", Deed.DONE, 1);
        effects.add(new Effect(Service.PAYMENT, RETURN, BROUGHT_BACK, "refund", "", Deed.RETURNED, TOTAL));
        effects.add(new Effect(Service.INVENTORY, RETURN, BROUGHT_BACK, "restock", SKU, Deed.RETURNED, 1));
        holdings.add(new Holding(Service.SHIPPING, RETURN, "", Standing.THERE, 1));
        holdings.add(new Holding(Service.PAYMENT, RETURN, "", Standing.THERE, TOTAL));
        outside.add(new Outside(RETURN, 0, 0, 0, 0, 0, 0, 1, 0));
        goodsReturn(
                RETURN,
                "COMPLETED",
                List.of("DONE", "DONE", "DONE"),
                List.of(
                        line(1, "RUNNING", new Change("schedule-pick-up", "RUNNING", 1)),
                        line(2, "RUNNING", new Change("refund", "RUNNING", 1)),
                        line(3, "RUNNING", new Change("restock", "RUNNING", 1)),
                        line(4, "COMPLETED", new Change("restock", "DONE", 0))));
    }

    private void reject() {
        ordered(REJECTED, "key-2");
        command(REJECTED, "inventory", "reserve-inventory", 1);
        command(REJECTED, "payment", "charge-payment", 1);
        command(REJECTED, "shipping", "create-shipment", 1);
        command(REJECTED, "payment", "charge-payment/undo", 1);
        command(REJECTED, "inventory", "reserve-inventory/undo", 1);
        did(Service.INVENTORY, REJECTED, "reserve-inventory", Deed.DONE, 2);
        did(Service.PAYMENT, REJECTED, "charge-payment", Deed.DONE, 2 * TOTAL);
        did(Service.PAYMENT, REJECTED, "charge-payment/undo", Deed.UNDONE, 2 * TOTAL);
        did(Service.INVENTORY, REJECTED, "reserve-inventory/undo", Deed.UNDONE, 2);
        stands(REJECTED, Standing.GONE, Standing.GONE, Standing.NOTHING);
        outside.add(new Outside(REJECTED, 2 * TOTAL, 2 * TOTAL, 1, 1, 0, 0));
        saga(
                REJECTED,
                "REJECTED",
                List.of("UNDONE", "UNDONE", "REFUSED"),
                List.of(
                        line(1, "RUNNING", new Change("reserve-inventory", "RUNNING", 1)),
                        line(2, "RUNNING", new Change("charge-payment", "RUNNING", 1)),
                        line(3, "RUNNING", new Change("create-shipment", "RUNNING", 1)),
                        line(4, "COMPENSATING", new Change("charge-payment", "UNDOING", 1)),
                        line(
                                5,
                                "COMPENSATING",
                                new Change("charge-payment", "UNDONE", 0),
                                new Change("reserve-inventory", "UNDOING", 1)),
                        line(6, "REJECTED", new Change("reserve-inventory", "UNDONE", 0))));
    }

    private void ordered(UUID saga, String key) {
        requests.add(new Request(key, Set.of(saga)));
        orders.add(new Order("c-42", key, saga));
    }

    private void saga(UUID id, String status, List<String> phases, List<History> history) {
        var steps = steps(List.of("reserve-inventory", "charge-payment", "create-shipment"), phases);
        sagas.add(new Saga(id, status, Optional.of(TOTAL), Optional.empty(), steps, history));
    }

    private void goodsReturn(UUID id, String status, List<String> phases, List<History> history) {
        var steps = steps(List.of("schedule-pick-up", "refund", "restock"), phases);
        sagas.add(new Saga(id, status, Optional.of(TOTAL), Optional.of(BROUGHT_BACK), steps, history));
    }

    private static Map<String, String> steps(List<String> names, List<String> phases) {
        var steps = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            steps.put(names.get(i), phases.get(i));
        }
        return steps;
    }

    private static History line(long seq, String status, Change... changes) {
        return new History(seq, "REPLIED", "APPLIED", status, List.of(changes));
    }

    private void stands(UUID saga, Standing inventory, Standing payment, Standing shipping) {
        holdings.add(new Holding(Service.INVENTORY, saga, SKU, inventory, 1));
        holdings.add(new Holding(Service.PAYMENT, saga, "", payment, TOTAL));
        holdings.add(new Holding(Service.SHIPPING, saga, "", shipping, 1));
    }

    private void did(Service service, UUID saga, String message, Deed deed, long amount) {
        effects.add(new Effect(service, saga, message, service == Service.INVENTORY ? SKU : "", deed, amount));
    }

    private void command(UUID saga, String context, String name, int send) {
        published("/orchestrator", context + ".commands", new MessageKey(saga, name), send, Optional.empty());
        var reply = new MessageKey(saga, name + "/reply");
        published("/" + context, "checkout.replies", reply, send, Optional.of(new MessageKey(saga, name)));
    }

    private void published(String source, String topic, MessageKey key, int send, Optional<MessageKey> cause) {
        outbox.add(new Sent(source, topic, key, send));
        var saga = key.saga();
        int partition = (int) saga.getLeastSignificantBits();
        clock++;
        delivered.add(new Delivered(source, topic, partition, clock, saga.toString(), key, send, clock, 1, cause));
    }
}
