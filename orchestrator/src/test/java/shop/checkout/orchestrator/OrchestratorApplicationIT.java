package shop.checkout.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.contract.Address;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.contract.OrderLine;
import shop.checkout.contract.Sku;
import shop.checkout.contract.Topics;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.checkout.CheckoutSaga;
import shop.checkout.orchestrator.engine.NewSaga;
import shop.checkout.orchestrator.engine.SagaEngine;
import shop.checkout.orchestrator.engine.StartRequest;
import shop.checkout.orchestrator.saga.SagaStatus;
import shop.checkout.servers.TestServers;
import shop.checkout.time.HybridClock;

/** The service as it is started, on a real database and a real broker. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "spring.application.name=orchestrator-alone") // a consumer group and a replication slot of its own
@DirtiesContext // stopped before database and broker are
class OrchestratorApplicationIT {

    private static final SagaId SAGA =
            new SagaId(Generators.timeBasedEpochGenerator().generate());

    @Autowired
    private SagaEngine engine;

    @Autowired
    private Codec codec;

    @Autowired
    private HybridClock clock;

    @DynamicPropertySource
    static void infrastructure(DynamicPropertyRegistry properties) {
        var embedded = TestServers.shared();
        properties.add("spring.datasource.url", embedded::freshDatabase);
        properties.add("spring.datasource.username", () -> embedded.postgres().username());
        properties.add("spring.datasource.password", () -> embedded.postgres().password());
        properties.add("spring.kafka.bootstrap-servers", () -> embedded.kafka().bootstrapServers());
    }

    /** The participants' part. */
    @BeforeAll
    static void makeCommandTopics() {
        Participants.makeTopics(TestServers.shared().kafka().bootstrapServers());
    }

    @Test
    void makesItsTopics() throws Exception {
        try (var admin = Admin.create(kafka())) {
            var topics = admin.describeTopics(List.of(Topics.CHECKOUT_REPLIES, Topics.CHECKOUT_EVENTS))
                    .allTopicNames()
                    .get();

            assertThat(topics.values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(Topics.PARTITIONS));
        }
    }

    @Test
    void completesACheckoutWhoseParticipantsAnswer() {
        var lines = List.of(new OrderLine(new Sku("espresso-machine"), 1));
        var address = new Address("Ada Lovelace", "12 St James's Square", "London", "SW1Y 4JH", "GB");
        var checkout = Checkout.of(OrderId.of(SAGA), "c-42", lines, "pm_card_visa", address);

        try (var starter = engine.<String>starter(requests -> requests.stream()
                        .map(StartRequest::saga)
                        .map(NewSaga::id)
                        .collect(Collectors.toSet()));
                var producer = new KafkaProducer<>(kafka(), new StringSerializer(), new ByteArraySerializer())) {
            starter.start(new NewSaga<>(SAGA, CheckoutSaga.V1, checkout), "");
            producer.send(reply("reserve-inventory", new Reserved(Money.of("249.00", "EUR"))));
            producer.send(reply("charge-payment", new Charged("pay_1")));
            producer.send(reply("create-shipment", new Shipped("TRACK-1")));
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(engine.find(SAGA)).hasValueSatisfying(view -> {
                    assertThat(view.saga().status()).isEqualTo(SagaStatus.COMPLETED);
                    assertThat(view.data(Checkout.class).flatMap(Checkout::trackingNumber))
                            .contains("TRACK-1");
                }));
    }

    private ProducerRecord<String, byte[]> reply(String step, Object body) {
        var value = codec.write(body).getBytes(UTF_8);
        var kafkaRecord = new ProducerRecord<>(Topics.CHECKOUT_REPLIES, SAGA.toString(), value);
        Map.of(
                        Headers.ID,
                        MessageKey.ofStep(SAGA, step, 1).reply().toString(),
                        Headers.TYPE,
                        codec.wireName(body.getClass()),
                        Headers.HLC,
                        clock.now().toString(),
                        Headers.SEND,
                        "1",
                        Headers.SOURCE,
                        "/some-participant",
                        Headers.FENCING_TOKEN,
                        "1")
                .forEach((name, text) -> kafkaRecord.headers().add(name, text.getBytes(UTF_8)));
        return kafkaRecord;
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", TestServers.shared().kafka().bootstrapServers());
    }
}
