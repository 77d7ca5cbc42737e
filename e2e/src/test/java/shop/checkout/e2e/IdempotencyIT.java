package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Http.Answer;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** However often a client asks under one key, it gets one checkout. */
@ExtendWith(SharedShop.class)
@Order(2)
class IdempotencyIT {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void givesTheSameCheckoutToEqualRequestsAtTheSameTime(RunningShop shop) {
        var asking = IntStream.range(0, 20)
                .mapToObj(_ ->
                        CompletableFuture.supplyAsync(() -> shop.api().checkout("at-once", Cart.GOOD.json(), LONG)))
                .toList();

        var answers = asking.stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers.stream()
                        .map(answer -> answer.json().path("id").asString())
                        .distinct())
                .hasSize(1);
        assertThat(sagasOf(shop, "at-once")).isEqualTo(1);
    }

    @Test
    void acceptsWithTheAddressOfTheCheckout(RunningShop shop) {
        var answer = shop.api().checkout("accepted", Cart.GOOD.json(), AT_ONCE);

        assertThat(answer.status()).isEqualTo(202);
        var id = answer.json().path("id").asString();
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/api/v1/checkouts/" + id);
        assertThat(shop.api().find(id).status()).isEqualTo(200);
    }

    @Test
    void refusesAnotherCartUnderAUsedKey(RunningShop shop) {
        shop.api().ended("used", Cart.GOOD);

        var answer = shop.api().checkout("used", Cart.DECLINED.json(), AT_ONCE);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(sagasOf(shop, "used")).isEqualTo(1);
    }

    @Test
    void refusesNonsenseAndKeepsNothingOfIt(RunningShop shop) {
        long before = sagas(shop);

        var answers = IntStream.rangeClosed(-1, 0)
                .mapToObj(quantity -> new Cart("espresso-machine", quantity, "pm_card_visa", "SW1Y 4JH"))
                .map(cart -> shop.api().checkout("nonsense-" + cart.quantity(), cart.json(), AT_ONCE))
                .toList();

        assertThat(answers)
                .extracting(Answer::status)
                .allSatisfy(status -> assertThat(status).isBetween(400, 422));
        assertThat(sagas(shop)).isEqualTo(before);
    }

    private static long sagas(RunningShop shop) {
        return shop.databases().count(Part.ORCHESTRATOR, "select count(*) from saga");
    }

    private static long sagasOf(RunningShop shop, String key) {
        return shop.databases()
                .count(Part.ORCHESTRATOR, "select count(*) from idempotency_key where key = '" + key + "'");
    }
}
