package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** The last thing that happens to the shop. */
@ExtendWith(SharedShop.class)
@Order(10)
class StopIT {

    @Test
    void endsInGoodOrderAndLeavesNoProcessBehind(RunningShop shop) {
        shop.stop();

        assertThat(shop.processes()).isEmpty();
    }
}
