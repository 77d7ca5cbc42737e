package shop.checkout.sandbox;

import java.io.IOException;
import java.util.Map;
import shop.checkout.sandbox.call.Calls;
import shop.checkout.sandbox.carrier.CarrierWords;
import shop.checkout.sandbox.carrier.PickUps;
import shop.checkout.sandbox.carrier.PickUpsApi;
import shop.checkout.sandbox.carrier.Shipments;
import shop.checkout.sandbox.carrier.ShipmentsApi;
import shop.checkout.sandbox.effect.Effects;
import shop.checkout.sandbox.effect.EffectsApi;
import shop.checkout.sandbox.fact.Fact;
import shop.checkout.sandbox.fact.FactLog;
import shop.checkout.sandbox.fact.Ids;
import shop.checkout.sandbox.http.Endpoint;
import shop.checkout.sandbox.psp.PaymentIntentsApi;
import shop.checkout.sandbox.psp.Payments;
import shop.checkout.sandbox.psp.PspWords;
import shop.checkout.sandbox.psp.RefundsApi;

/** Both providers with all they remember. */
final class Providers {

    private final Effects effects = new Effects();
    private final FactLog log;
    private final String host;
    private final Payments payments;
    private final Shipments shipments;
    private final PickUps pickUps;
    private final Calls pspCalls;
    private final Calls carrierCalls;

    Providers(FactLog log, Ids ids, String host) {
        this.log = log;
        this.host = host;
        this.payments = new Payments(log, ids, effects);
        this.shipments = new Shipments(log, ids, effects);
        this.pickUps = new PickUps(log, ids, effects);
        this.pspCalls = new Calls(new PspWords(), log);
        this.carrierCalls = new Calls(new CarrierWords(host), log);
    }

    /** Remembers what earlier runs did, and from then on what this one does; comes before any request. */
    void remember() throws IOException {
        log.replay(this::remember);
    }

    Map<String, Endpoint> endpoints() {
        return Map.of(
                PaymentIntentsApi.PATH, new PaymentIntentsApi(pspCalls, payments),
                RefundsApi.PATH, new RefundsApi(pspCalls, payments),
                ShipmentsApi.PATH, new ShipmentsApi(carrierCalls, shipments, host),
                PickUpsApi.PATH, new PickUpsApi(carrierCalls, pickUps),
                EffectsApi.PATH, new EffectsApi(effects),
                HealthApi.PATH, new HealthApi(log),
                NothingHere.PATH, new NothingHere());
    }

    private void remember(Fact fact, long position) {
        switch (fact) {
            case Fact.PaymentIntent intent -> {
                payments.remember(intent, position);
                pspCalls.remember(intent, position);
            }
            case Fact.Refund refund -> {
                payments.remember(refund, position);
                pspCalls.remember(refund, position);
            }
            case Fact.Shipment shipment -> {
                shipments.remember(shipment, position);
                carrierCalls.remember(shipment, position);
            }
            case Fact.Cancellation cancellation -> shipments.remember(cancellation, position);
            case Fact.PickUp pickUp -> {
                pickUps.remember(pickUp, position);
                carrierCalls.remember(pickUp, position);
            }
            case Fact.PickUpCancellation cancellation -> pickUps.remember(cancellation, position);
            case Fact.Refusal refusal -> callsOf(refusal).remember(refusal, position);
        }
    }

    private Calls callsOf(Fact.Refusal refusal) {
        return switch (refusal.provider()) {
            case PSP -> pspCalls;
            case CARRIER -> carrierCalls;
        };
    }
}
