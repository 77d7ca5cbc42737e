package shop.checkout.orchestrator.api;

import shop.checkout.web.JsonInput;
import shop.checkout.web.JsonText;
import shop.checkout.web.ProblemException;

/** What a customer asks for: a whole checkout to be returned, and why. */
record ReturnRequest(String reason) {

    private static final JsonText REASON = JsonText.upTo(500);

    /** @throws ProblemException 400 when there is something like a card number in it */
    static ReturnRequest read(JsonInput json) {
        if (json.resembles("reason", CardNumbers::isIn)) {
            throw CardNumbers.refusal("/reason", REASON.expectation());
        }
        return new ReturnRequest(json.text("reason", REASON));
    }
}
