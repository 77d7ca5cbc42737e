package shop.checkout.payment;

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
import org.springframework.transaction.support.TransactionTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.ReturnId;
import shop.checkout.contract.Topics;
import shop.checkout.contract.payment.ChargePayment;
import shop.checkout.contract.payment.RefundPayment;
import shop.checkout.contract.payment.RefundReturn;
import shop.checkout.message.Message;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.sandbox.Sandbox;
import shop.checkout.sandbox.SandboxOptions;
import shop.checkout.servers.TestServers;

/** The service with a database of its own, against a real Kafka and the sandbox's payment provider. */
final class PaymentUnderTest implements AutoCloseable {

    static final Money PRICE = Money.of("249.00", "EUR");

    private static final Codec CODEC = Codec.ofCatalogue();
    private static final TimeBasedEpochRandomGenerator IDS = Generators.timeBasedEpochRandomGenerator();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String database = TestServers.shared().freshDatabase();
    /** Also names the replication slot, of which a PostgreSQL has one, and the consumer group. */
    private final String name = "payment-" + NUMBERS.incrementAndGet();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Sandbox sandbox;
    private final List<String> settings;
    private ConfigurableApplicationContext application;

    private PaymentUnderTest(Sandbox sandbox, List<String> settings) {
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
    static PaymentUnderTest start(Path folder, String... settings) {
        makeReplyTopic();
        try {
            return new PaymentUnderTest(
                    Sandbox.start(SandboxOptions.parse("--port=0", "--data=" + folder)), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the service, and starts it again on what it left behind. */
    void restart() {
        application.close();
        application = run();
    }

    void stop() {
        application.close();
    }

    @Override
    public void close() throws IOException {
        application.close();
        sandbox.close();
        http.close();
    }

    static SagaId newSaga() {
        return new SagaId(IDS.generate());
    }

    static MessageKey chargeKey(SagaId saga) {
        return MessageKey.ofStep(saga, "charge-payment", 1);
    }

    static Message charge(SagaId saga, String method) {
        return command(chargeKey(saga), new ChargePayment(OrderId.of(saga), method, PRICE), 1);
    }

    static Message refund(SagaId saga) {
        return command(chargeKey(saga).undo(), new RefundPayment(OrderId.of(saga)), 1);
    }

    /** The news that a person has given the money back. */
    static Message refundedByHand(SagaId saga) {
        return command(chargeKey(saga).undo().byHand(), new RefundPayment(OrderId.of(saga)), 1);
    }

    /** The same charge, in another attempt of its saga. */
    static Message charge(SagaId saga, String method, int attempt) {
        var key = MessageKey.ofStep(saga, "charge-payment", attempt);
        return command(key, new ChargePayment(OrderId.of(saga), method, PRICE), 1);
    }

    static Message refundReturn(SagaId goodsReturn, SagaId order) {
        return refundReturn(goodsReturn, order, PRICE);
    }

    static Message refundReturn(SagaId goodsReturn, SagaId order, Money amount) {
        var body = new RefundReturn(ReturnId.of(goodsReturn), OrderId.of(order), amount);
        return command(MessageKey.ofStep(goodsReturn, "refund", 1), body, 1);
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
            Stream.of(messages).map(PaymentUnderTest::kafkaRecord).forEach(producer::send);
        }
    }

    /** The wire names of all answers to a saga, in order. */
    List<String> replies(SagaId saga) {
        return texts("select type from outbox where aggregateid = ?::uuid order by id", saga);
    }

    /** As when the inbox partition of a saga has been dropped. */
    void forget(SagaId saga) {
        bean(TransactionTemplate.class)
                .executeWithoutResult(
                        status -> jdbc().update("delete from inbox where saga_id = ?::uuid", saga.toString()));
    }

    /** What was answered to a saga. */
    String replyTo(SagaId saga) {
        return String.join("\n", texts("select payload from outbox where aggregateid = ?::uuid order by id", saga));
    }

    /** How often a call of a saga was tried in vain. */
    int attempts(SagaId saga) {
        return texts("select attempts from intent where saga_id = ?::uuid", saga).stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** Somebody gives an order's money back without telling us. */
    void refundByHand(SagaId order) {
        var paymentId = texts("select payment_id from charge where order_id = ?::uuid", order)
                .getFirst();
        exchange(HttpRequest.newBuilder(URI.create(sandbox.url() + "/v1/refunds"))
                .header("Authorization", "Bearer sk_test_sandbox")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("payment_intent=" + paymentId))
                .build());
    }

    String state(SagaId saga) {
        return String.join(" ", texts("select state from charge where order_id = ?::uuid", saga));
    }

    List<String> ledger(SagaId saga) {
        return texts("select kind || ' ' || amount from payment_ledger where order_id = ?::uuid order by seq", saga);
    }

    List<String> openIntents(SagaId saga) {
        return texts("select name from intent where saga_id = ?::uuid", saga);
    }

    /** What the provider did for an order: captured, refunded, captures, refunds; empty if nothing. */
    String atProvider(SagaId saga) {
        return get(sandbox.url() + "/sandbox/v1/effects?order=" + saga).body().strip();
    }

    /** How many calls to the provider were counted so. */
    long calls(String effect, String operation, String outcome) {
        return bean(MeterRegistry.class)
                .get("checkout.calls")
                .tags("counterpart", "payment provider", "effect", effect, "operation", operation, "outcome", outcome)
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

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    String database() {
        return database;
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
                                "checkout.payment.gateway.url=" + sandbox.url()),
                        settings.stream())
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        return new SpringApplicationBuilder(PaymentApplication.class).run(arguments);
    }

    private static Message command(MessageKey key, shop.checkout.message.Command<?> body, int send) {
        return Message.command(key, Topics.PAYMENT_COMMANDS, body, Optional.empty(), Topics.CHECKOUT_REPLIES, send);
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
