package shop.checkout.sandbox.psp;

import tools.jackson.databind.json.JsonMapper;

/** Stripe's way to write JSON: snake case, absent values as null. */
final class PspJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PspJson() {}

    static byte[] write(Object document) {
        return JSON.writeValueAsBytes(document);
    }
}
