package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.guarantee.Evidence.Outside;
import shop.checkout.e2e.shop.Cart;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;
import tools.jackson.databind.JsonNode;

/** A checkout completes, or is refused at any of its steps and leaves nothing behind. */
@ExtendWith(SharedShop.class)
@Order(1)
class CheckoutIT {

    private static final long NOTHING = 0;

    @Test
    void completesAndTakesTheMoneyOnce(RunningShop shop) {
        var checkout = shop.api().ended("completes", Cart.GOOD);

        assertThat(outcome(checkout)).isEqualTo(new Outcome("COMPLETED", "", List.of("DONE", "DONE", "DONE")));
        assertThat(checkout.at("/total/amount").asString()).isEqualTo("249.00");
        assertThat(checkout.path("trackingNumber").asString()).isNotBlank();
        assertThat(shop.api().outside(id(checkout)))
                .isEqualTo(new Outside(uuid(checkout), 24_900, NOTHING, 1, 0, 1, 0));
    }

    @Test
    void isRejectedWhenSomethingIsOutOfStock(RunningShop shop) {
        var checkout = shop.api().ended("sold-out", Cart.SOLD_OUT);

        assertThat(outcome(checkout))
                .isEqualTo(new Outcome("REJECTED", "out of stock: sold-out", List.of("REFUSED", "PENDING", "PENDING")));
        assertNothingOutside(shop, checkout);
    }

    @Test
    void isRejectedWhenAProductIsUnknown(RunningShop shop) {
        var checkout = shop.api().ended("unknown", Cart.UNKNOWN);

        assertThat(outcome(checkout))
                .isEqualTo(new Outcome(
                        "REJECTED", "unknown product: perpetuum-mobile", List.of("REFUSED", "PENDING", "PENDING")));
        assertNothingOutside(shop, checkout);
    }

    @Test
    void releasesTheGoodsWhenTheCardIsDeclined(RunningShop shop) {
        var checkout = shop.api().ended("declined", Cart.DECLINED);

        assertThat(outcome(checkout).withoutReason())
                .isEqualTo(new Outcome("REJECTED", "", List.of("UNDONE", "REFUSED", "PENDING")));
        assertThat(outcome(checkout).reason()).startsWith("payment declined: ");
        assertNothingOutside(shop, checkout);
    }

    @Test
    void refundsAndReleasesWhenTheParcelCannotBeDelivered(RunningShop shop) {
        var checkout = shop.api().ended("undeliverable", Cart.UNDELIVERABLE);

        assertThat(outcome(checkout).withoutReason())
                .isEqualTo(new Outcome("REJECTED", "", List.of("UNDONE", "UNDONE", "REFUSED")));
        assertThat(outcome(checkout).reason()).startsWith("cannot be delivered: ");
        assertThat(shop.api().outside(id(checkout))).isEqualTo(new Outside(uuid(checkout), 5_970, 5_970, 1, 1, 0, 0));
    }

    private record Outcome(String status, String reason, List<String> steps) {
        Outcome withoutReason() {
            return new Outcome(status, "", steps);
        }
    }

    private static Outcome outcome(JsonNode checkout) {
        return new Outcome(
                checkout.path("status").asString(),
                checkout.path("reason").asString(""),
                checkout.path("steps")
                        .valueStream()
                        .map(step -> step.path("state").asString())
                        .toList());
    }

    private static void assertNothingOutside(RunningShop shop, JsonNode checkout) {
        assertThat(shop.api().outside(id(checkout))).isEqualTo(new Outside(uuid(checkout), 0, 0, 0, 0, 0, 0));
    }

    private static String id(JsonNode checkout) {
        return checkout.path("id").asString();
    }

    private static UUID uuid(JsonNode checkout) {
        return UUID.fromString(id(checkout));
    }
}
