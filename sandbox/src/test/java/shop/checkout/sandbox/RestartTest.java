package shop.checkout.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static shop.checkout.sandbox.Shop.AMOUNT;
import static shop.checkout.sandbox.Shop.ORDER;

import com.stripe.exception.CardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    private static final String SHIPMENTS = "/carrier/v1/shipments";

    @TempDir
    Path data;

    @Test
    void remembersPaymentsRefundsAndTheirKeys() throws Exception {
        String charged;
        try (var sandbox = start()) {
            var shop = Shop.at(sandbox);
            var payment = shop.charge("pm_card_visa", "charge");
            charged = payment.getLastResponse().body();
            shop.refund(payment, "refund", 900);
            assertThatExceptionOfType(CardException.class)
                    .isThrownBy(() -> shop.charge("pm_card_chargeDeclined", "declined"));
        }

        try (var sandbox = start()) {
            var shop = Shop.at(sandbox);
            var again = shop.charge("pm_card_visa", "charge");

            assertThat(again.getLastResponse().body()).isEqualTo(charged);
            assertThat(shop.refund(again, "refund", 900).getAmount()).isEqualTo(900);
            assertThat(shop.refund(again, "rest").getAmount()).isEqualTo(AMOUNT - 900);
            assertThatExceptionOfType(CardException.class)
                    .isThrownBy(() -> shop.charge("pm_card_chargeDeclined", "declined"));
            assertThat(shop.paymentsOf(ORDER)).hasSize(2);
        }
    }

    @Test
    void remembersShipmentsCancellationsAndRefusals() throws Exception {
        String effects;
        try (var sandbox = start();
                var http = Http.to(sandbox)) {
            var made = http.post(SHIPMENTS, "key", CarrierTest.order("order-1", "10115"));
            http.post(SHIPMENTS, "refused", CarrierTest.order("order-2", "00000"));
            var id = made.body()
                    .substring(made.body().indexOf("shp_"), made.body().indexOf("\",\"reference\""));
            http.post(SHIPMENTS + "/" + id + "/cancel", "");
            effects = http.get("/sandbox/v1/effects").body();
        }

        try (var sandbox = start();
                var http = Http.to(sandbox)) {
            assertThat(http.get("/sandbox/v1/effects").body())
                    .isEqualTo(effects)
                    .contains("\"cancellations\":1");
            assertThat(http.get(SHIPMENTS + "?reference=order-1").body()).contains("\"cancelled\"");
            assertThat(http.post(SHIPMENTS, "refused", CarrierTest.order("order-2", "00000")))
                    .satisfies(again -> assertThat(again.replayed()).isTrue())
                    .satisfies(again -> assertThat(again.status()).isEqualTo(422));
        }
    }

    @Test
    void forgetsALineThatWasTornByACrashAndGoesOn() throws Exception {
        try (var sandbox = start()) {
            Shop.at(sandbox).charge("pm_card_visa", "whole");
        }
        Files.writeString(journal(), "{\"fact\":\"psp.payment-int", StandardOpenOption.APPEND);

        try (var sandbox = start()) {
            Shop.at(sandbox).charge("pm_card_visa", "after the crash");
        }

        try (var sandbox = start()) {
            assertThat(Shop.at(sandbox).paymentsOf(ORDER)).hasSize(2);
        }
    }

    @Test
    void refusesAJournalDamagedInItsMiddle() throws Exception {
        try (var sandbox = start()) {
            Shop.at(sandbox).charge("pm_card_visa", "first");
        }
        var line = Files.readString(journal());
        Files.writeString(journal(), line + "rubbish\n" + line);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::start)
                .withMessageContaining("line 2")
                .withMessageContaining("is damaged");
    }

    @Test
    void refusesAFolderThatAnotherSandboxUses() throws Exception {
        try (var _ = start()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(this::start).withMessageContaining("is in use");
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (var sandbox = start()) {
            var port = Integer.parseInt(sandbox.url().substring(sandbox.url().lastIndexOf(':') + 1));

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Sandbox.start(new SandboxOptions("127.0.0.1", port, data.resolve("other"))))
                    .withMessageContaining("127.0.0.1:" + port);
        }
    }

    private Sandbox start() throws IOException {
        return Sandbox.start(new SandboxOptions("127.0.0.1", 0, data));
    }

    private Path journal() {
        return data.resolve("journal.jsonl");
    }
}
