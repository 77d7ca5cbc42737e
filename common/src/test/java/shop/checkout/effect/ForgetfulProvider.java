package shop.checkout.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import shop.checkout.intent.CounterpartInTrouble;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.message.MessageKey;

/**
 * A provider in memory, with all the bad habits that a real one may have: it answers errors before or after it acted and
 * stores some of them, forgets keys after a day, finds late, or understands nothing at all.
 */
final class ForgetfulProvider implements Counterpart<String> {

    private static final Duration KEY_LIFETIME = Duration.ofHours(24);
    private static final Duration SEARCH_LAG = Duration.ofSeconds(59);

    private record Made(Outcome.Definite outcome, Instant at) {}

    /** @param outcome none if the stored answer is an error */
    private record Stored(Optional<Outcome.Definite> outcome, Instant at) {}

    private final Random random;
    private final Supplier<Instant> clock;
    private final Map<MessageKey, Stored> keys = new HashMap<>();
    private final boolean understandsNothing;
    private @Nullable Made made;
    private int captures;
    private int refunds;

    ForgetfulProvider(Random random, Supplier<Instant> clock) {
        this.random = random;
        this.clock = clock;
        this.understandsNothing = random.nextInt(20) == 0;
    }

    int captures() {
        return captures;
    }

    int refunds() {
        return refunds;
    }

    /** A person gives back, at the provider's own desk, whatever was taken. */
    void giveBackByHand() {
        refunds = captures;
    }

    @Override
    public Outcome.Definite perform(String request, MessageKey command) throws OutcomeUnknown, InvalidRequest {
        if (understandsNothing) {
            throw new InvalidRequest("what?", new IllegalArgumentException());
        }
        var stored = keys.get(command);
        if (stored != null && clock.get().isBefore(stored.at().plus(KEY_LIFETIME))) {
            return stored.outcome().orElseThrow(() -> new SpentKey("stored error", new IllegalStateException()));
        }
        return switch (random.nextInt(10)) {
            case 0 -> throw new CounterpartInTrouble("did nothing", null);
            case 1 -> {
                keys.put(command, new Stored(Optional.empty(), clock.get()));
                throw new CounterpartInTrouble("did nothing and remembers the error", null);
            }
            case 2 -> {
                capture();
                keys.put(command, new Stored(Optional.empty(), clock.get()));
                throw new CounterpartInTrouble("did it and remembers an error", null);
            }
            case 3 -> {
                remember(command, capture());
                throw new CounterpartInTrouble("did it and the answer was lost", null);
            }
            case 4 -> remember(command, make(new Outcome.Refused("no funds")));
            default -> remember(command, capture());
        };
    }

    @Override
    public Optional<Outcome.Definite> find(String request, MessageKey command) throws OutcomeUnknown {
        if (random.nextInt(5) == 0) {
            throw new CounterpartInTrouble("cannot search", null);
        }
        return Optional.ofNullable(made)
                .filter(it ->
                        random.nextBoolean() || !clock.get().isBefore(it.at().plus(SEARCH_LAG)))
                .map(Made::outcome);
    }

    @Override
    public String reverse(String request, Receipt receipt, MessageKey undo) throws OutcomeUnknown {
        if (random.nextInt(5) == 0) {
            throw new CounterpartInTrouble("gave nothing back", null);
        }
        if (refunds == 0) {
            refunds++;
        }
        if (random.nextInt(5) == 0) {
            throw new CounterpartInTrouble("gave it back and the answer was lost", null);
        }
        return "re_1";
    }

    private Outcome.Definite remember(MessageKey command, Outcome.Definite outcome) {
        keys.put(command, new Stored(Optional.of(outcome), clock.get()));
        return outcome;
    }

    private Outcome.Definite capture() {
        captures++;
        return make(new Outcome.Done(new Receipt("pi_" + captures, "ch_" + captures)));
    }

    private Outcome.Definite make(Outcome.Definite outcome) {
        made = new Made(outcome, clock.get());
        return outcome;
    }
}
