package shop.checkout.sandbox.carrier;

import java.time.Duration;
import java.util.regex.Pattern;
import shop.checkout.sandbox.call.Fault;

/**
 * What a postal code makes happen. Codes beginning with 000 exist nowhere and stand for trouble:
 *
 * <ul>
 *   <li>{@code 00000}: nobody lives there, the shipment is refused as undeliverable
 *   <li>{@code 00001}: the first try is answered 500, nothing is done
 *   <li>{@code 00002}: the first try is answered 429, nothing is done
 *   <li>{@code 00003}: 500, nothing is done, and that stays the answer to the key
 *   <li>{@code 00004}: the shipment is made, the answer is 500, and that stays the answer to the key
 *   <li>{@code 00005}: the shipment is made, the answer comes after 30 s; a second try is answered at once
 *   <li>{@code 0001n}, {@code 0002n}: the shipment is made after n tenths of a second, or n seconds
 * </ul>
 *
 * <p>To pick-ups, codes beginning with 999 do the same, so that the same address can be easy to deliver to and hard to
 * fetch from; {@code 99999} is another one where nothing is fetched.
 */
record Destination(boolean served, Fault fault) {

    private static final Pattern SLOW = Pattern.compile("000([12])(\\d)");

    static Destination ofPickUp(String postalCode) {
        if (postalCode.equals("99999")) {
            return new Destination(false, Fault.NONE);
        }
        return postalCode.startsWith("999")
                ? ofShipment("000" + postalCode.substring("999".length()))
                : reached(Fault.NONE);
    }

    static Destination ofShipment(String postalCode) {
        return switch (postalCode) {
            case "00000" -> new Destination(false, Fault.NONE);
            case "00001" -> reached(new Fault.ErrorOnce(500));
            case "00002" -> reached(new Fault.ErrorOnce(429));
            case "00003" -> reached(new Fault.ErrorStored());
            case "00004" -> reached(new Fault.ErrorAfterSuccess());
            case "00005" -> reached(new Fault.LateAnswer(Fault.LATE));
            default -> reached(slow(postalCode));
        };
    }

    private static Destination reached(Fault fault) {
        return new Destination(true, fault);
    }

    private static Fault slow(String postalCode) {
        var slow = SLOW.matcher(postalCode);
        if (!slow.matches()) {
            return Fault.NONE;
        }
        var unit = slow.group(1).equals("1") ? Duration.ofMillis(100) : Duration.ofSeconds(1);
        return new Fault.Slow(unit.multipliedBy(Long.parseLong(slow.group(2))));
    }
}
