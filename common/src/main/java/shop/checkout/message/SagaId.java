package shop.checkout.message;

import java.util.UUID;

/**
 * Identifies one run of a saga. It is a UUIDv7, so it carries the saga's time of birth and sorts by it; tables of messages
 * are partitioned by it.
 */
public record SagaId(UUID value) implements Comparable<SagaId> {

    /** Where log lines about a saga name it, by the Elastic Common Schema's way to name fields. */
    public static final String LOG_FIELD = "saga.id";

    /** @throws IllegalArgumentException when the text is not a UUID */
    public static SagaId parse(String text) {
        return new SagaId(UUID.fromString(text));
    }

    /** As PostgreSQL orders uuids (unsigned, bytewise), which {@link UUID#compareTo} does not. */
    @Override
    public int compareTo(SagaId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
