package shop.checkout.shipping.shipment;

import java.util.stream.Stream;
import shop.checkout.effect.Change;
import shop.checkout.effect.Receipt;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.carrier.ParcelRequest;

/** A parcel handed over or called back, to be written down. */
record LedgerRow(MessageKey message, Kind kind, String reference) {

    enum Kind {
        SHIP,
        CANCEL
    }

    /** What a change brought to light, in its order. */
    static Stream<LedgerRow> of(Change<ParcelRequest> change) {
        var command = change.after().command();
        return Stream.concat(
                change.happened().map(Receipt::id).stream()
                        .map(shipment -> new LedgerRow(command, Kind.SHIP, shipment)),
                change.reversed().stream()
                        .map(cancellation -> new LedgerRow(command.undo(), Kind.CANCEL, cancellation)));
    }
}
