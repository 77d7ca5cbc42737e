package shop.checkout.parking.web;

import shop.checkout.web.JsonInput;
import shop.checkout.web.JsonText;

/**
 * Who does something about a parked message, and why.
 *
 * @param operator who it is; taken on trust until the API is secured
 * @param reason for the audit
 */
record ParkedBody(String operator, String reason) {

    private static final JsonText OPERATOR =
            JsonText.matching("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}", 64, "1 to 64 letters, digits or . _ @ -");

    static ParkedBody read(JsonInput json) {
        return new ParkedBody(json.text("operator", OPERATOR), json.text("reason", JsonText.upTo(500)));
    }
}
