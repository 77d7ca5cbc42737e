package shop.checkout.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import shop.checkout.jdbc.Columns;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.saga.Phase;
import shop.checkout.orchestrator.saga.SagaStatus;

class SagaStartIT {

    private final EngineFixture fixture = EngineFixture.fresh(CheckoutSaga.V1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void storesTheSagaItsHistoryAndItsFirstMessages() {
        var order = Orders.newOrder();

        boolean started = start(Orders::admitAll, order, "key-1");

        assertThat(started).isTrue();
        var view = fixture.engine.find(order.id()).orElseThrow();
        assertThat(view.definition()).isEqualTo(CheckoutSaga.V1);
        assertThat(view.data(Checkout.class)).contains(order.checkout());
        assertThat(view.saga().status()).isEqualTo(SagaStatus.RUNNING);
        assertThat(view.saga().step("reserve-inventory").phase()).isEqualTo(Phase.RUNNING);
        assertThat(fixture.history(order.id())).containsExactly("STARTED APPLIED RUNNING");
        assertThat(fixture.outbox(order.id())).containsExactly("reserve-inventory 1", "event/1 1");
        assertThat(fixture.jdbc.queryForList(
                        "select aggregatetype || ' ' || type || ' ' || coalesce(reply_to, '-') from outbox order by hlc",
                        String.class))
                .containsExactly(
                        "inventory.commands inventory.reserve.v1 checkout.replies",
                        "checkout.events checkout.started.v1 -");
    }

    @Test
    void commitsStartsThatComeTogetherTogether() {
        var ids = fixture.start(300);

        assertThat(fixture.count("saga")).isEqualTo(300);
        assertThat(fixture.count("outbox")).isEqualTo(600);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(fixture.jdbc.queryForObject("select count(distinct xmin::text) from saga", Integer.class))
                .isLessThan(300);
    }

    @Test
    void makesOneSagaOfManyEqualRequestsAtOnce() throws Exception {
        fixture.jdbc.execute("create table key (key text primary key, saga_id uuid)");
        var other = fixture.replica();
        try (var here = fixture.engine.starter(this::admitByKey);
                var there = other.engine.starter(this::admitByKey);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> {
                        var order = Orders.newOrder();
                        return (i % 2 == 0 ? here : there)
                                .start(new NewSaga<>(order.id(), CheckoutSaga.V1, order.checkout()), "key-" + i / 10);
                    }))
                    .toList();

            int started = 0;
            for (var outcome : outcomes) {
                started += outcome.get().isPresent() ? 1 : 0;
            }

            assertThat(started).isEqualTo(20);
            assertThat(fixture.count("saga")).isEqualTo(20);
            assertThat(fixture.count("key join saga on saga.id = key.saga_id")).isEqualTo(20);
        } finally {
            other.close();
        }
    }

    @Test
    void storesNothingWhenTheGuardFails() {
        fixture.jdbc.execute("create table key (key text primary key, saga_id uuid)");
        StartGuard<String> failing = requests -> {
            admitByKey(requests);
            throw new IllegalStateException("the guard failed");
        };

        assertThatThrownBy(() -> start(failing, Orders.newOrder(), "key-1")).hasMessage("the guard failed");

        assertThat(fixture.count("key")).isZero();
        assertThat(fixture.count("saga")).isZero();
        assertThat(fixture.count("saga_history")).isZero();
        assertThat(fixture.count("outbox")).isZero();
    }

    @Test
    void letsABadRequestCostOnlyItself() throws Exception {
        var taken = Orders.newOrder();
        start(Orders::admitAll, taken, "");
        var gate = new CountDownLatch(1);
        StartGuard<String> gated = requests -> {
            await(gate);
            return Orders.admitAll(requests);
        };

        try (var starter = fixture.engine.starter(gated);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = Stream.of(Orders.newOrder(), Orders.newOrder(), taken, Orders.newOrder())
                    .map(order -> threads.submit(
                            () -> starter.start(new NewSaga<>(order.id(), CheckoutSaga.V1, order.checkout()), "")))
                    .toList();
            gate.countDown();

            assertThat(outcomes.get(0).get()).isPresent();
            assertThat(outcomes.get(1).get()).isPresent();
            assertThatThrownBy(() -> outcomes.get(2).get()).hasCauseInstanceOf(DuplicateKeyException.class);
            assertThat(outcomes.get(3).get()).isPresent();
        }
    }

    @Test
    void refusesMoreThanItCanHoldAndSaysSoWhenItDoesNotKnow() throws Exception {
        var gate = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        var impatient = new EngineProperties.Start(1, 1, Duration.ofSeconds(3), 1000);
        SagaStarter.Commit<String> slow = requests -> {
            entered.countDown();
            await(gate);
            return requests.stream()
                    .map(request -> request.saga().id())
                    .collect(Collectors.toMap(
                            id -> id,
                            id -> new Started<>(
                                    CheckoutSaga.V1.born(id, Orders.newOrder().checkout()), Instant.EPOCH)));
        };

        try (var starter = SagaStarter.running(slow, Optional::empty, impatient);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> start(starter));
            entered.await();
            var second = new FutureTask<>(() -> start(starter));
            var waiting = Thread.ofVirtual().start(second);
            Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

            assertThatThrownBy(() -> start(starter))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("waiting already");
            assertThatThrownBy(first::get).hasCauseInstanceOf(StartUncertain.class);
            assertThatThrownBy(second::get)
                    .hasCauseInstanceOf(StartRefused.class)
                    .hasMessageContaining("waited too long");
            gate.countDown();
        }
    }

    @Test
    void refusesWhatWouldOnlyQueueBehindTooMany() {
        fixture.start(EngineFixture.MOST_UNDER_WAY);
        fixture.meters.count();

        assertThatThrownBy(() -> fixture.start(1)).hasMessageContaining("50 sagas are under way");

        fixture.jdbc.update("update saga set held_by = 'payment' where id = (select id from saga limit 1)");
        fixture.meters.count();
        assertThat(fixture.start(1)).as("those that wait do not count").hasSize(1);
    }

    @Test
    void doesNotCountThoseThatWaitForAPerson() {
        fixture.start(EngineFixture.MOST_UNDER_WAY);
        fixture.jdbc.update("update saga set status = 'NEEDS_ATTENTION' where id = (select id from saga limit 1)");
        fixture.meters.count();

        assertThat(fixture.start(1)).hasSize(1);
    }

    private static boolean start(SagaStarter<String> starter) {
        var order = Orders.newOrder();
        return starter.start(new NewSaga<>(order.id(), CheckoutSaga.V1, order.checkout()), "")
                .isPresent();
    }

    private boolean start(StartGuard<String> guard, Orders.Order order, String key) {
        try (var starter = fixture.engine.starter(guard)) {
            return starter.start(new NewSaga<>(order.id(), CheckoutSaga.V1, order.checkout()), key)
                    .isPresent();
        }
    }

    private Set<SagaId> admitByKey(List<StartRequest<String>> requests) {
        var columns = Columns.of(requests)
                .text(StartRequest::ticket)
                .text(request -> request.saga().id());
        var admitted = fixture.jdbc.query("""
                insert into key (key, saga_id)
                select key, saga_id from unnest(?::text[], ?::uuid[]) as new (key, saga_id) order by key
                on conflict do nothing returning saga_id
                """, (row, _) -> SagaId.parse(row.getString("saga_id")), columns.arrays());
        return Set.copyOf(admitted);
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
