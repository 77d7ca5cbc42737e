package shop.checkout.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Http;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;
import shop.checkout.e2e.shop.TraceReceiver;

/** The trace of a request goes on in every record that it causes, through all services and back, and is told to a collector. */
@ExtendWith(SharedShop.class)
@Order(2)
class TraceIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final int PATIENCE = 5;
    private static final List<String> TOPICS = List.of(
            "inventory.commands", "payment.commands", "shipping.commands", "checkout.replies", "checkout.events");

    private static final String COMPLETED = """
            orchestrator SERVER POST /api/v1/checkouts
              orchestrator PRODUCER create inventory.reserve.v1
                orchestrator CLIENT send inventory.reserve.v1
                inventory-service CONSUMER process inventory.reserve.v1
                  inventory-service PRODUCER create inventory.reserved.v1
                    inventory-service CLIENT send inventory.reserved.v1
                    orchestrator CONSUMER process inventory.reserved.v1
              orchestrator PRODUCER create checkout.started.v1
                orchestrator CLIENT send checkout.started.v1
              orchestrator PRODUCER create payment.charge.v1
                orchestrator CLIENT send payment.charge.v1
                payment-service CONSUMER process payment.charge.v1
                  payment-service CLIENT call payment provider
                  payment-service PRODUCER create payment.charged.v1
                    payment-service CLIENT send payment.charged.v1
                    orchestrator CONSUMER process payment.charged.v1
              orchestrator PRODUCER create shipping.create.v1
                orchestrator CLIENT send shipping.create.v1
                shipping-service CONSUMER process shipping.create.v1
                  shipping-service CLIENT call carrier
                  shipping-service PRODUCER create shipping.created.v1
                    shipping-service CLIENT send shipping.created.v1
                    orchestrator CONSUMER process shipping.created.v1
              orchestrator PRODUCER create checkout.completed.v1
                orchestrator CLIENT send checkout.completed.v1
                inventory-service CONSUMER process checkout.completed.v1
            """;

    private static final String UNDONE = """
            orchestrator SERVER POST /api/v1/checkouts
              orchestrator PRODUCER create inventory.reserve.v1
                orchestrator CLIENT send inventory.reserve.v1
                inventory-service CONSUMER process inventory.reserve.v1
                  inventory-service PRODUCER create inventory.reserved.v1
                    inventory-service CLIENT send inventory.reserved.v1
                    orchestrator CONSUMER process inventory.reserved.v1
              orchestrator PRODUCER create checkout.started.v1
                orchestrator CLIENT send checkout.started.v1
              orchestrator PRODUCER create payment.charge.v1
                orchestrator CLIENT send payment.charge.v1
                payment-service CONSUMER process payment.charge.v1
                  payment-service CLIENT call payment provider
                  payment-service PRODUCER create payment.charged.v1
                    payment-service CLIENT send payment.charged.v1
                    orchestrator CONSUMER process payment.charged.v1
              orchestrator PRODUCER create shipping.create.v1
                orchestrator CLIENT send shipping.create.v1
                shipping-service CONSUMER process shipping.create.v1
                  shipping-service CLIENT call carrier
                  shipping-service PRODUCER create shipping.undeliverable.v1
                    shipping-service CLIENT send shipping.undeliverable.v1
                    orchestrator CONSUMER process shipping.undeliverable.v1
              orchestrator PRODUCER create payment.refund.v1
                orchestrator CLIENT send payment.refund.v1
                payment-service CONSUMER process payment.refund.v1
                  payment-service CLIENT call payment provider
                  payment-service PRODUCER create saga.undone.v1
                    payment-service CLIENT send saga.undone.v1
                    orchestrator CONSUMER process saga.undone.v1
              orchestrator PRODUCER create inventory.release.v1
                orchestrator CLIENT send inventory.release.v1
                inventory-service CONSUMER process inventory.release.v1
                  inventory-service PRODUCER create saga.undone.v1
                    inventory-service CLIENT send saga.undone.v1
                    orchestrator CONSUMER process saga.undone.v1
              orchestrator PRODUCER create checkout.rejected.v1
                orchestrator CLIENT send checkout.rejected.v1
            """;

    /** Those that collectors are to hear of. */
    private static final Set<String> SAMPLED = ConcurrentHashMap.newKeySet();

    static Stream<Arguments> trees() {
        return Stream.of(Arguments.of(Cart.GOOD, COMPLETED), Arguments.of(Cart.UNDELIVERABLE, UNDONE));
    }

    @Test
    void goesOnInEveryRecordOfACheckoutThatIsUndone(RunningShop shop) throws IOException {
        var saga = checkout(shop, Cart.UNDELIVERABLE, TRACE, "01")
                .json()
                .path("id")
                .asString();

        await("the last event")
                .atMost(Duration.ofMinutes(1))
                .until(() -> records(shop, saga).stream()
                        .anyMatch(it -> header(it, "ce_type").equals("checkout.rejected.v1")));

        var records = records(shop, saga);
        assertThat(records.stream().map(ConsumerRecord::topic).distinct()).containsExactlyInAnyOrderElementsOf(TOPICS);
        assertThat(records.stream().map(it -> header(it, "ce_id")).distinct())
                .as("three commands, two undos, their replies and two events, whether or not some were sent again")
                .hasSize(12);
        assertThat(records)
                .extracting(it -> header(it, "traceparent"))
                .doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(it).startsWith("00-" + TRACE + "-").endsWith("-01"));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void isToldToACollectorWholeFromTheRequestToTheLastMessage(Cart cart, String tree, RunningShop shop)
            throws IOException {
        var spans = shop.traces().spans(traceOf(shop, cart, tree));

        var server = spans.stream().filter(it -> it.kind().equals("SERVER")).toList();
        assertThat(server)
                .singleElement()
                .satisfies(it -> assertThat(it.parent()).isEqualTo(CALLER));
        assertThat(spans)
                .filteredOn(it -> !server.contains(it))
                .extracting(it -> it.attributes().get("saga.id"))
                .containsOnly(saga(spans));
        assertThat(spans).allSatisfy(it -> assertThat(it.end()).as(it.name()).isGreaterThanOrEqualTo(it.start()));
    }

    @Test
    void isNotToldOfWhereTheCallerWantsNone(RunningShop shop) throws IOException {
        checkout(shop, Cart.GOOD, newTraceId(), "00");
        shop.api().ended("untraced", Cart.GOOD); // by the ratio, 0

        traceOf(shop, Cart.GOOD, COMPLETED);

        assertThat(shop.traces().spans())
                .extracting(TraceReceiver.Span::traceId)
                .isSubsetOf(SAMPLED);
    }

    /** The trace of a checkout, once it looks so. On a slow machine a command may be sent twice: then of another one. */
    private static String traceOf(RunningShop shop, Cart cart, String tree) throws IOException {
        for (int i = 0; i < PATIENCE; i++) {
            var traceId = newTraceId();
            checkout(shop, cart, traceId, "01");
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                if (!sentAgain(shop, traceId)) {
                    assertThat(shop.traces().tree(traceId)).isEqualTo(tree);
                }
            });
            if (!sentAgain(shop, traceId)) {
                return traceId;
            }
        }
        throw new AssertionError("in each of " + PATIENCE + " checkouts some command was sent twice");
    }

    private static boolean sentAgain(RunningShop shop, String traceId) {
        return shop.traces().spans(traceId).stream()
                .anyMatch(it -> !it.attributes()
                        .getOrDefault("checkout.message.send", "1")
                        .equals("1"));
    }

    private static Http.Answer checkout(RunningShop shop, Cart cart, String traceId, String flags) throws IOException {
        if (flags.equals("01")) {
            SAMPLED.add(traceId);
        }
        var request = shop.api()
                .request("traced-" + traceId, cart.json(), Duration.ofSeconds(30))
                .header("traceparent", "00-" + traceId + "-" + CALLER + "-" + flags);
        return Http.send(request.build());
    }

    private static String newTraceId() {
        var random = ThreadLocalRandom.current();
        return "%016x%016x".formatted(random.nextLong(), random.nextLong() | 1);
    }

    private static String saga(List<TraceReceiver.Span> spans) {
        return spans.stream()
                .filter(it -> it.name().equals("create inventory.reserve.v1"))
                .map(it -> it.attributes().get("messaging.kafka.message.key"))
                .findFirst()
                .orElseThrow();
    }

    private static List<ConsumerRecord<String, byte[]>> records(RunningShop shop, String saga) {
        return shop.topics().read(_ -> true).stream()
                .filter(it -> saga.equals(it.key()))
                .toList();
    }

    private static String header(ConsumerRecord<?, ?> kafkaRecord, String name) {
        var header = kafkaRecord.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
