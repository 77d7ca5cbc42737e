package shop.checkout.payment.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import shop.checkout.message.MessageKey;
import shop.checkout.payment.charge.ChargeQueries;
import shop.checkout.payment.charge.ChargeState;
import shop.checkout.payment.charge.ChargeStatus;

/** @param nextCursor where the next page begins; none on the last page */
record ChargePage(List<ChargeStatus> items, Optional<String> nextCursor) {

    static ChargePage read(ChargeQueries queries, Set<ChargeState> states, int limit, Optional<String> cursor) {
        var items = cursor.map(ChargePage::decode)
                .map(after -> queries.olderThan(after, states, limit))
                .orElseGet(() -> queries.youngest(states, limit));
        return new ChargePage(
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
