package shop.checkout.orchestrator.api;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Currency;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import shop.checkout.codec.Codec;
import shop.checkout.contract.Money;
import shop.checkout.contract.OrderId;
import shop.checkout.message.SagaId;
import shop.checkout.orchestrator.checkout.Checkout;
import shop.checkout.orchestrator.engine.NewSaga;
import shop.checkout.orchestrator.engine.SagaEngine;
import shop.checkout.orchestrator.engine.SagaStarter;
import shop.checkout.orchestrator.tutorial.Voucher;
import shop.checkout.orchestrator.tutorial.VoucherSaga;
import shop.checkout.web.StrictJson;

/** What docs/tutorial.md adds to the API: compiled as it stands there and, by its profile, left out of other tests. */
interface TutorialApi {

    /** Sells vouchers to those who have checked out, paid and sent as their checkout was. */
    @Profile("tutorial")
    @RestController
    class VoucherController {

        private final KeyedStarter<Ticket> starter;
        private final SagaEngine engine;
        private final SagaIds ids;
        private final Codec codec;

        record VoucherRequest(SagaId checkout, int cents) {}

        VoucherController(
                SagaStarter<Ticket> starter,
                IdempotencyKeys keys,
                SagaEngine engine,
                SagaIds ids,
                Codec codec,
                MeterRegistry meters) {
            this.starter = new KeyedStarter<>(starter, keys, Function.identity(), "voucher", meters);
            this.engine = engine;
            this.ids = ids;
            this.codec = codec;
        }

        /** 202 as soon as the saga is durable; the same key gives the same saga. */
        @PostMapping("/api/v1/checkouts/{checkout}/vouchers")
        ResponseEntity<Void> start(@PathVariable String checkout, HttpServletRequest http) throws IOException {
            var key = IdempotencyKey.parse(Collections.list(http.getHeaders(IdempotencyKey.HEADER)));
            var cents = StrictJson.read(http, json -> json.integer("cents", 500, 50_000));
            var request = new VoucherRequest(SagaIds.parse(checkout), cents);
            var ticket = Ticket.of("POST /api/v1/checkouts/{id}/vouchers", key, request, codec);
            var id = ids.next();
            var saga = starter.start(new NewSaga<>(id, VoucherSaga.V1, voucher(id, request)), ticket)
                    .map(started -> started.saga().id())
                    .or(() -> starter.startedBefore(ticket))
                    .orElseThrow(KeyedStarter::inProgress);
            return ResponseEntity.accepted()
                    .location(URI.create("/api/v1/sagas/" + saga))
                    .build();
        }

        private Voucher voucher(SagaId id, VoucherRequest request) {
            var checkout = engine.find(request.checkout())
                    .flatMap(view -> view.data(Checkout.class))
                    .orElseThrow(() -> Checkouts.unknown(request.checkout()));
            var value = Money.ofMinor(request.cents(), Currency.getInstance("EUR"));
            return new Voucher(OrderId.of(id), checkout.paymentMethod(), value, checkout.address(), Optional.empty());
        }
    }
}
