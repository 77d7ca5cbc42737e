package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.Http.Answer;
import shop.checkout.e2e.shop.Part;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;
import tools.jackson.databind.JsonNode;

/** A completed checkout is returned: fetched, refunded and restocked; or refused, and nothing of it is left. */
@ExtendWith(SharedShop.class)
@Order(2)
class ReturnIT {

    @Test
    void fetchesRefundsAndRestocks(RunningShop shop) {
        var checkout = bought(shop, "to-be-returned", Cart.GOOD);

        var goodsReturn = shop.api().endedReturn(checkout, "return");

        assertThat(goodsReturn.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(states(goodsReturn)).containsExactly("DONE", "DONE", "DONE");
        assertThat(goodsReturn.at("/total/amount").asString()).isEqualTo("249.00");
        assertThat(goodsReturn.path("pickUpNumber").asString()).startsWith("SBP");
        assertThat(shop.api().outside(checkout))
                .isEqualTo(new Outside(UUID.fromString(checkout), 24_900, 24_900, 1, 1, 1, 0));
        assertThat(shop.api().outside(id(goodsReturn)))
                .isEqualTo(new Outside(UUID.fromString(id(goodsReturn)), 0, 0, 0, 0, 0, 0, 1, 0));
        assertThat(state(shop, Part.INVENTORY, "/api/v1/reservations/" + checkout))
                .isEqualTo("RETURNED");
        assertThat(state(shop, Part.PAYMENT, "/api/v1/charges/" + checkout)).isEqualTo("REFUNDED");
        assertThat(state(shop, Part.SHIPPING, "/api/v1/pick-ups/" + id(goodsReturn)))
                .isEqualTo("SCHEDULED");
    }

    @Test
    void leavesEverythingAsItIsWhenNothingIsFetchedThere(RunningShop shop) {
        var checkout = bought(shop, "not-fetched", Cart.NOT_FETCHED);

        var goodsReturn = shop.api().endedReturn(checkout, "refused-return");

        assertThat(goodsReturn.path("status").asString()).isEqualTo("REJECTED");
        assertThat(goodsReturn.path("statusReason").asString()).startsWith("cannot be picked up: ");
        assertThat(states(goodsReturn)).containsExactly("REFUSED", "PENDING", "PENDING");
        assertThat(shop.api().outside(checkout))
                .isEqualTo(new Outside(UUID.fromString(checkout), 4_900, 0, 1, 0, 1, 0));
    }

    @Test
    void cancelsThePickUpWhenTheMoneyCannotBeRefunded(RunningShop shop) {
        var checkout = bought(shop, "disputed", Cart.DISPUTED);

        var goodsReturn = shop.api().endedReturn(checkout, "disputed-return");

        assertThat(goodsReturn.path("status").asString()).isEqualTo("REJECTED");
        assertThat(goodsReturn.path("statusReason").asString()).startsWith("cannot be refunded: ");
        assertThat(states(goodsReturn)).containsExactly("UNDONE", "REFUSED", "PENDING");
        assertThat(shop.api().outside(id(goodsReturn)))
                .isEqualTo(new Outside(UUID.fromString(id(goodsReturn)), 0, 0, 0, 0, 0, 0, 1, 1));
        assertThat(state(shop, Part.INVENTORY, "/api/v1/reservations/" + checkout))
                .isEqualTo("SOLD");
    }

    @Test
    void bringsAnOrderBackOnceHoweverManyAsk(RunningShop shop) {
        var checkout = bought(shop, "asked-for-often", Cart.GOOD);
        var asking = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> shop.api().goodsReturn(checkout, "often-" + i, Duration.ofSeconds(20))))
                .toList();

        var answers = asking.stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(200).contains(409);
        assertThat(shop.api().outside(checkout).refunds()).isEqualTo(1);
        assertThat(shop.api().returns(checkout, "").json().path("items")).hasSize(1);
    }

    @Test
    void isNoCheckout(RunningShop shop) {
        var checkout = bought(shop, "seen", Cart.GOOD);

        var goodsReturn = id(shop.api().endedReturn(checkout, "seen-return"));

        assertThat(shop.api().find(goodsReturn).status()).isEqualTo(404);
        assertThat(shop.api().list("?limit=200").text()).contains(checkout).doesNotContain(goodsReturn);
        assertThat(shop.api().returns(checkout, "/" + goodsReturn).status()).isEqualTo(200);
        assertThat(shop.api().page("/ui/checkouts/" + checkout).status()).isEqualTo(200);
    }

    private static String bought(RunningShop shop, String key, Cart cart) {
        var checkout = shop.api().ended(key, cart);
        assertThat(checkout.path("status").asString()).isEqualTo("COMPLETED");
        return id(checkout);
    }

    private static String state(RunningShop shop, Part part, String path) {
        return shop.api().ask(part, path).json().path("state").asString();
    }

    private static List<String> states(JsonNode saga) {
        return saga.path("steps")
                .valueStream()
                .map(step -> step.path("state").asString())
                .toList();
    }

    private static String id(JsonNode saga) {
        return saga.path("id").asString();
    }
}
