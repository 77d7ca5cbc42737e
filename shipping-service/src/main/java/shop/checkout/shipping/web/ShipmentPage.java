package shop.checkout.shipping.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.shipment.ShipmentQueries;
import shop.checkout.shipping.shipment.ShipmentState;
import shop.checkout.shipping.shipment.ShipmentStatus;

/** @param nextCursor where the next page begins; none on the last page */
record ShipmentPage(List<ShipmentStatus> items, Optional<String> nextCursor) {

    static ShipmentPage read(ShipmentQueries queries, Set<ShipmentState> states, int limit, Optional<String> cursor) {
        var items = cursor.map(ShipmentPage::decode)
                .map(after -> queries.olderThan(after, states, limit))
                .orElseGet(() -> queries.youngest(states, limit));
        return new ShipmentPage(
                items,
                items.size() < limit
                        ? Optional.empty()
                        : Optional.of(encode(items.getLast().key())));
    }

    private static String encode(MessageKey last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.toString().getBytes(UTF_8));
    }

    private static MessageKey decode(String cursor) {
        try {
            return MessageKey.parse(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "cursor must be the nextCursor of an earlier page", e);
        }
    }
}
