package shop.checkout.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.contract.Address;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.ReturnId;
import shop.checkout.contract.Sku;
import shop.checkout.contract.Topics;
import shop.checkout.contract.shipping.CancelPickUp;
import shop.checkout.contract.shipping.CancelShipment;
import shop.checkout.contract.shipping.CreateShipment;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.sandbox.Sandbox;
import shop.checkout.sandbox.SandboxOptions;
import shop.checkout.servers.TestServers;

/** The service with a database of its own, against a real Kafka and the sandbox's carrier. */
final class ShippingUnderTest implements AutoCloseable {

    private static final List<OrderLine> LINES = List.of(new OrderLine(new Sku("espresso-machine"), 1));

    private static final Codec CODEC = Codec.ofCatalogue();
    private static final TimeBasedEpochRandomGenerator IDS = Generators.timeBasedEpochRandomGenerator();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String database = TestServers.shared().freshDatabase();
    /** Also names the replication slot, of which a PostgreSQL has one, and the consumer group. */
    private final String name = "shipping-" + NUMBERS.incrementAndGet();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private final List<String> settings;
    private ConfigurableApplicationContext application;

    private ShippingUnderTest(Sandbox sandbox, List<String> settings) {
        this.sandbox = sandbox;
        this.settings = settings;
        this.application = run();
    }

    /** Others own this topic; the relay waits for it. */
    private static void makeReplyTopic() {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", TestServers.shared().kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.CHECKOUT_REPLIES, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic of replies cannot be made", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param settings more of the service's properties */
    static ShippingUnderTest start(Path folder, String... settings) {
        makeReplyTopic();
        try {
            return new ShippingUnderTest(
                    Sandbox.start(SandboxOptions.parse("--port=0", "--data=" + folder)), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        application.close();
        sandbox.close();
        http.close();
    }

    void stop() {
        application.close();
    }

    /** Starts the service again on what it left behind. */
    void restart() {
        application = run();
    }

    String database() {
        return database;
    }

    static SagaId newSaga() {
        return new SagaId(IDS.generate());
    }

    static MessageKey shipmentKey(SagaId saga) {
        return MessageKey.ofStep(saga, "create-shipment", 1);
    }

    static Message ship(SagaId saga, String postalCode) {
        return command(shipmentKey(saga), new CreateShipment(OrderId.of(saga), address(postalCode), LINES), 1);
    }

    private static Address address(String postalCode) {
        return new Address("Ada Lovelace", "12 St James's Square", "London", postalCode, "GB");
    }

    static Message cancel(SagaId saga) {
        return command(shipmentKey(saga).undo(), new CancelShipment(OrderId.of(saga)), 1);
    }

    static Message schedulePickUp(SagaId goodsReturn, SagaId order, String postalCode) {
        var body = new SchedulePickUp(ReturnId.of(goodsReturn), OrderId.of(order), address(postalCode), LINES);
        return command(pickUpKey(goodsReturn), body, 1);
    }

    static Message cancelPickUp(SagaId goodsReturn, SagaId order) {
        return command(pickUpKey(goodsReturn).undo(), new CancelPickUp(ReturnId.of(goodsReturn), OrderId.of(order)), 1);
    }

    private static MessageKey pickUpKey(SagaId goodsReturn) {
        return MessageKey.ofStep(goodsReturn, "schedule-pick-up", 1);
    }

    static Message again(Message message, int send) {
        return new Message(
                message.key(),
                message.topic(),
                message.body(),
                message.cause(),
                message.replyTo(),
                send,
                message.traceParent());
    }

    void send(Message... messages) {
        Map<String, Object> producing = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestServers.shared().kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer())) {
            Stream.of(messages).map(ShippingUnderTest::kafkaRecord).forEach(producer::send);
        }
    }

    /** The wire names of all answers to a saga, in order. */
    List<String> replies(SagaId saga) {
        return texts("select type from outbox where aggregateid = ?::uuid order by id", saga);
    }

    String state(SagaId saga) {
        return String.join(" ", texts("select state from shipment where order_id = ?::uuid", saga));
    }

    List<String> ledger(SagaId saga) {
        return texts("select kind from shipment_ledger where order_id = ?::uuid order by seq", saga);
    }

    List<String> pickUpLedger(SagaId saga) {
        return texts("select kind from pick_up_ledger where saga_id = ?::uuid order by seq", saga);
    }

    List<String> openIntents(SagaId saga) {
        return texts("select name from intent where saga_id = ?::uuid", saga);
    }

    /** What the carrier did for an order: shipments, cancellations; empty if nothing. */
    String atCarrier(SagaId saga) {
        return get(sandbox.url() + "/sandbox/v1/effects?order=" + saga).body().strip();
    }

    /** Why the calls for a saga have to be repeated. */
    List<String> troubles(SagaId saga) {
        return texts("select last_error from intent where saga_id = ?::uuid", saga);
    }

    /** Somebody else uses the key of our command at the carrier, for a parcel of the same order. */
    void useKey(SagaId saga) {
        var body = """
                {"reference":"%s","recipient":{"name":"Charles Babbage","street":"1 Dorset Street","city":"London",\
                "postalCode":"W1","country":"GB"}}""".formatted(saga);
        exchange(HttpRequest.newBuilder(URI.create(sandbox.url() + "/carrier/v1/shipments"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", shipmentKey(saga).toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** How many calls to the carrier were counted so. */
    long calls(String effect, String operation, String outcome) {
        return application
                .getBean(MeterRegistry.class)
                .get("checkout.calls")
                .tags("counterpart", "carrier", "effect", effect, "operation", operation, "outcome", outcome)
                .timer()
                .count();
    }

    HttpResponse<String> api(String path) {
        var port = application.getEnvironment().getProperty("local.server.port");
        return get("http://127.0.0.1:" + port + path);
    }

    JdbcTemplate jdbc() {
        return application.getBean(JdbcTemplate.class);
    }

    private List<String> texts(String sql, SagaId saga) {
        return jdbc().query(sql, (row, _) -> row.getString(1), saga.toString());
    }

    private HttpResponse<String> get(String url) {
        return exchange(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + request.uri(), e);
        }
    }

    private ConfigurableApplicationContext run() {
        var embedded = TestServers.shared();
        var arguments = Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "management.server.port=0",
                                "spring.application.name=" + name,
                                "spring.datasource.url=" + database,
                                "spring.datasource.username="
                                        + embedded.postgres().username(),
                                "spring.datasource.password="
                                        + embedded.postgres().password(),
                                "spring.kafka.bootstrap-servers="
                                        + embedded.kafka().bootstrapServers(),
                                "checkout.shipping.carrier.url=" + sandbox.url()),
                        settings.stream())
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        return new SpringApplicationBuilder(ShippingApplication.class).run(arguments);
    }

    private static Message command(MessageKey key, shop.checkout.message.Command<?> body, int send) {
        return Message.command(key, Topics.SHIPPING_COMMANDS, body, Optional.empty(), Topics.CHECKOUT_REPLIES, send);
    }

    private static ProducerRecord<String, byte[]> kafkaRecord(Message message) {
        var kafkaRecord = new ProducerRecord<>(
                message.topic(),
                message.key().sagaId().toString(),
                CODEC.write(message.body()).getBytes(UTF_8));
        var headers = new LinkedHashMap<String, String>();
        headers.put(Headers.ID, message.key().toString());
        headers.put(Headers.TYPE, CODEC.wireName(message.body().getClass()));
        headers.put(Headers.SOURCE, "/orchestrator");
        headers.put(Headers.HLC, "1");
        headers.put(Headers.FENCING_TOKEN, "1");
        headers.put(Headers.SEND, Integer.toString(message.send()));
        message.replyTo().ifPresent(topic -> headers.put(Headers.REPLY_TO, topic));
        headers.forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(UTF_8)));
        return kafkaRecord;
    }
}
