package shop.checkout.orchestrator.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.codec.RecordReader;
import shop.checkout.consumer.BatchRunner;
import shop.checkout.consumer.Fence;
import shop.checkout.consumer.KeyOrder;
import shop.checkout.consumer.ParkedRetry;
import shop.checkout.contract.Topics;
import shop.checkout.cost.CountingDataSource;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.breaker.BreakerSettings;
import shop.checkout.orchestrator.breaker.Breakers;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.saga.SagaDefinition;
import shop.checkout.outbox.Outbox;
import shop.checkout.parking.Parking;
import shop.checkout.servers.TestServers;
import shop.checkout.time.Hlc;
import shop.checkout.time.HybridClock;
import shop.checkout.trace.Traces;

/** One replica of the engine on a real database; another one on the same database by {@link #replica}. */
final class EngineFixture implements AutoCloseable {

    static final int MOST_UNDER_WAY = 50;

    static final EngineProperties SETTINGS = new EngineProperties(
            new EngineProperties.Start(250, 2000, Duration.ofSeconds(20), MOST_UNDER_WAY),
            new EngineProperties.Timers(Duration.ofMillis(100), 50));

    /** So slow to open that only who means it sees one open. */
    private static final BreakerSettings SLOW_TO_OPEN = new BreakerSettings(
            Duration.ofSeconds(60),
            1000,
            50,
            Duration.ZERO,
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(20),
            20,
            30);

    private final String url;
    private final BreakerSettings breaker;
    private final List<SagaDefinition<Checkout>> definitions;
    private final HikariDataSource pool;
    private final Codec codec = Codec.ofCatalogue();
    private final HybridClock clock = new HybridClock(Clock.systemUTC());
    private final AtomicLong offsets = new AtomicLong();

    final CountingDataSource statements;
    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SagaMeters meters;
    final Sagas sagas;
    final Breakers breakers;
    final HeldSagas held;
    final SagaOperator operator;
    final SagaEngine engine;
    final ReplyHandler handler;
    final BatchRunner replies;
    final ParkedRetry parked;
    final Timers timers;

    private EngineFixture(String url, BreakerSettings breaker, List<SagaDefinition<Checkout>> definitions) {
        this.url = url;
        this.breaker = breaker;
        this.definitions = definitions;
        pool = pool(url);
        Flyway.configure().dataSource(pool).load().migrate();
        statements = new CountingDataSource(pool);
        jdbc = new JdbcTemplate(statements);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(statements));
        var kinds = new SagaKinds(List.copyOf(definitions), codec);
        sagas = new Sagas(jdbc, kinds, clock);
        var traces = Traces.off(new Random(1));
        var outbox = new Outbox(jdbc, codec, clock, traces);
        meters = new SagaMeters(pool, registry, List.copyOf(definitions));
        var store = new SagaStore(sagas, new SagaHistory(jdbc, codec, clock), outbox, codec, List.of(meters));
        var parking = new Parking(jdbc, codec, RandomGenerator.of("L64X128MixRandom"));
        breakers = new Breakers(jdbc, transaction, breaker);
        held = new HeldSagas(sagas, store, breakers, transaction, breaker.maxHeld());
        operator = new SagaOperator(sagas, store, new Audit(jdbc, clock), held, transaction);
        engine = new SagaEngine(kinds, sagas, store, held, meters, transaction, SETTINGS);
        handler = new ReplyHandler(new RecordReader(codec), sagas, store, breakers, clock, traces);
        var order = new KeyOrder(parking, outbox, new SimpleMeterRegistry(), traces);
        replies = new BatchRunner(handler, new Fence(jdbc, new SimpleMeterRegistry()), order, parking, transaction);
        parked = new ParkedRetry(Topics.CHECKOUT_REPLIES, handler, order, parking, transaction);
        timers = new Timers(
                sagas, store, transaction, breakers, SETTINGS.timers().batch());
    }

    /** A replica on a database of its own. */
    @SafeVarargs
    static EngineFixture fresh(SagaDefinition<Checkout>... definitions) {
        return fresh(SLOW_TO_OPEN, definitions);
    }

    @SafeVarargs
    static EngineFixture fresh(BreakerSettings breaker, SagaDefinition<Checkout>... definitions) {
        return new EngineFixture(TestServers.shared().freshDatabase(), breaker, List.of(definitions));
    }

    EngineFixture replica() {
        return new EngineFixture(url, breaker, definitions);
    }

    private static HikariDataSource pool(String url) {
        var postgres = TestServers.shared().postgres();
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(postgres.username());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    /** Starts that many sagas and returns their ids. */
    List<SagaId> start(int count) {
        var orders = IntStream.range(0, count).mapToObj(_ -> Orders.newOrder()).toList();
        try (var starter = engine.<String>starter(Orders::admitAll)) {
            return orders.parallelStream()
                    .map(order -> {
                        starter.start(new NewSaga<>(order.id(), definitions.getFirst(), order.checkout()), "");
                        return order.id();
                    })
                    .toList();
        }
    }

    /** What a participant's relay would have published. */
    ConsumerRecord<String, byte[]> reply(SagaId saga, String step, Object body) {
        return reply(MessageKey.ofStep(saga, step, 1), body, clock.now());
    }

    ConsumerRecord<String, byte[]> reply(MessageKey command, Object body, Hlc hlc) {
        var kafkaRecord = new ConsumerRecord<>(
                Topics.CHECKOUT_REPLIES,
                0,
                offsets.incrementAndGet(),
                command.sagaId().toString(),
                codec.write(body).getBytes(UTF_8));
        headers(command, body, hlc)
                .forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(UTF_8)));
        return kafkaRecord;
    }

    Map<String, String> headers(MessageKey command, Object body, Hlc hlc) {
        return Map.of(
                Headers.ID,
                command.reply().toString(),
                Headers.TYPE,
                codec.wireName(body.getClass()),
                Headers.HLC,
                hlc.toString(),
                Headers.SEND,
                "1",
                Headers.SOURCE,
                "/some-participant",
                Headers.FENCING_TOKEN,
                "1");
    }

    /** The names of a saga's messages, each with how often it has been sent, as they were written. */
    List<String> outbox(SagaId saga) {
        return jdbc.query(
                "select name || ' ' || send from outbox where aggregateid = ?::uuid order by hlc",
                (row, _) -> row.getString(1),
                saga.toString());
    }

    List<String> history(SagaId saga) {
        return jdbc.query(
                "select cause || ' ' || verdict || ' ' || status from saga_history where saga_id = ?::uuid order by seq",
                (row, _) -> row.getString(1),
                saga.toString());
    }

    /** How many sagas stand how. */
    Map<String, Long> statuses() {
        return jdbc
                .query(
                        "select status, count(*) as n from saga group by status",
                        (row, _) -> Map.entry(row.getString("status"), row.getLong("n")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    long count(String table) {
        var count = jdbc.queryForObject("select count(*) from " + table, Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        pool.close();
    }
}
