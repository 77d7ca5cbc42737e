package shop.checkout.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Http;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** The trace of a request goes on in every record that it causes, through all services and back. */
@ExtendWith(SharedShop.class)
@Order(2)
class TraceIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final List<String> TOPICS = List.of(
            "inventory.commands", "payment.commands", "shipping.commands", "checkout.replies", "checkout.events");

    @Test
    void goesOnInEveryRecordOfACheckoutThatIsUndone(RunningShop shop) throws IOException {
        var request = shop.api()
                .request("traced", Cart.UNDELIVERABLE.json(), Duration.ofSeconds(30))
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        var saga = Http.send(request.build()).json().path("id").asString();

        await("the last event")
                .atMost(Duration.ofMinutes(1))
                .until(() -> records(shop, saga).stream()
                        .anyMatch(it -> header(it, "ce_type").equals("checkout.rejected.v1")));

        var records = records(shop, saga);
        assertThat(records.stream().map(ConsumerRecord::topic).distinct()).containsExactlyInAnyOrderElementsOf(TOPICS);
        assertThat(records)
                .as("three commands, two undos, their replies and two events")
                .hasSize(12);
        assertThat(records)
                .extracting(it -> header(it, "traceparent"))
                .doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(it).startsWith("00-" + TRACE + "-").endsWith("-01"));
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
