package shop.checkout.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import shop.checkout.codec.Codec;
import shop.checkout.codec.Headers;
import shop.checkout.contract.Money;
import shop.checkout.contract.Sku;
import shop.checkout.contract.Topics;
import shop.checkout.contract.inventory.ReserveInventory.OutOfStock;
import shop.checkout.contract.inventory.ReserveInventory.Reserved;
import shop.checkout.contract.inventory.Restock.Restocked;
import shop.checkout.contract.payment.ChargePayment.Charged;
import shop.checkout.contract.payment.RefundReturn.Refunded;
import shop.checkout.contract.shipping.CreateShipment.Shipped;
import shop.checkout.contract.shipping.SchedulePickUp;
import shop.checkout.contract.shipping.SchedulePickUp.Scheduled;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;

/** What the participants' relays would publish. */
public final class Participants implements AutoCloseable {

    private final Codec codec = Codec.ofCatalogue();
    private final KafkaProducer<String, byte[]> producer;

    /** Makes the topics that the participants own; the relay would wait for them. */
    static void makeTopics(String bootstrapServers) {
        var topics = Stream.of(Topics.INVENTORY_COMMANDS, Topics.PAYMENT_COMMANDS, Topics.SHIPPING_COMMANDS)
                .map(name -> new NewTopic(name, Topics.PARTITIONS, (short) 1))
                .toList();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            var existing = admin.listTopics().names().get();
            admin.createTopics(topics.stream()
                            .filter(topic -> !existing.contains(topic.name()))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not make " + topics, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Participants(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public void reserve(SagaId saga) {
        answer(saga, "reserve-inventory", new Reserved(Money.of("249.00", "EUR")));
    }

    public void haveNone(SagaId saga) {
        answer(saga, "reserve-inventory", new OutOfStock(new Sku("sold-out")));
    }

    public void charge(SagaId saga) {
        answer(saga, "charge-payment", new Charged("pi_1"));
    }

    public void ship(SagaId saga) {
        answer(saga, "create-shipment", new Shipped("TRACK-1"));
    }

    public void complete(SagaId saga) {
        reserve(saga);
        charge(saga);
        ship(saga);
    }

    public void comeForGoods(SagaId goodsReturn) {
        answer(goodsReturn, "schedule-pick-up", new Scheduled("P-1"));
    }

    public void comeForNothing(SagaId goodsReturn) {
        answer(goodsReturn, "schedule-pick-up", new SchedulePickUp.Refused("no pick-ups there"));
    }

    public void refund(SagaId goodsReturn) {
        answer(goodsReturn, "refund", new Refunded("re_1"));
    }

    public void restock(SagaId goodsReturn) {
        answer(goodsReturn, "restock", new Restocked());
    }

    public void takeBack(SagaId goodsReturn) {
        comeForGoods(goodsReturn);
        refund(goodsReturn);
        restock(goodsReturn);
    }

    private void answer(SagaId saga, String step, Object reply) {
        var command = MessageKey.ofStep(saga, step, 1);
        var message = new ProducerRecord<>(
                Topics.CHECKOUT_REPLIES, saga.toString(), codec.write(reply).getBytes(UTF_8));
        Map.of(
                        Headers.ID, command.reply().toString(),
                        Headers.TYPE, codec.wireName(reply.getClass()),
                        Headers.HLC, "1",
                        Headers.SEND, "1",
                        Headers.SOURCE, "/test",
                        Headers.FENCING_TOKEN, "1")
                .forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        producer.send(message);
    }

    /** Returns when everything has been sent. */
    @Override
    public void close() {
        producer.close();
    }
}
