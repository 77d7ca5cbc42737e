package shop.checkout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import shop.checkout.e2e.shop.LauncherProcess;
import shop.checkout.e2e.shop.RunningShop;
import shop.checkout.e2e.shop.SharedShop;

/** What cannot be started says why, and what to do. */
@ExtendWith(SharedShop.class)
@Order(4)
class RefusedStartIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void refusesADataFolderThatAnotherLauncherUses(RunningShop shop, @TempDir Path folder) {
        var second = LauncherProcess.start(folder.resolve("log"), shop.port() + 20, shop.data());

        assertThat(second.awaitEnd(LIMIT)).contains(1);
        assertThat(second.said()).contains("another launcher", shop.data().toString(), "--data=");
    }

    @Test
    void saysWhatToDoAboutATakenPort(RunningShop shop, @TempDir Path folder) {
        var second = LauncherProcess.start(folder.resolve("log"), shop.port(), folder.resolve("data"));

        assertThat(second.awaitEnd(LIMIT)).contains(1);
        assertThat(second.said()).contains("port " + shop.port(), "is taken", "--port=");
    }
}
