package shop.checkout.benchmark;

import java.util.Map;
import java.util.stream.Stream;

/** Who stands for payment provider and carrier. */
enum Gateways {
    SANDBOX("sandbox", Map.of()),
    IN_PROCESS("in-process", Map.of("checkout.gateway", "in-process"));

    private final String word;
    private final Map<String, String> settings;

    Gateways(String word, Map<String, String> settings) {
        this.word = word;
        this.settings = settings;
    }

    /** @throws IllegalArgumentException when there is none of this name */
    static Gateways named(String word) {
        return Stream.of(values())
                .filter(it -> it.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are sandbox and in-process"));
    }

    /** What tells the services. */
    Map<String, String> settings() {
        return settings;
    }

    @Override
    public String toString() {
        return word;
    }
}
