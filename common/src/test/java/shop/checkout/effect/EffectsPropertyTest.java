package shop.checkout.effect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.message.Undone;
import shop.checkout.participant.Answer;

/**
 * One effect under random commands, compensations, calls that fail, get lost, come late, twice or never (a crash), and days
 * that pass; in the end everything heals. Whatever happened, captured less refunded is one or nothing, and nothing once undone.
 */
class EffectsPropertyTest {

    private static final int SEEDS = 3_000;
    private static final MessageKey COMMAND = MessageKey.ofStep(new SagaId(new UUID(7, 7)), "charge-payment", 1);
    private static final MessageKey UNDO = COMMAND.undo();
    private static final CounterpartTimes TIMES = new CounterpartTimes(Duration.ofHours(23), Duration.ofMinutes(1));

    private static final Replies<String> REPLIES = new Replies<>() {
        @Override
        public String done(Receipt receipt) {
            return "done";
        }

        @Override
        public String refused(String reason) {
            return "refused";
        }
    };

    /** A call that has been made and not yet settled. */
    private record Late(MessageKey asking, Outcome outcome) {}

    private static final class World {
        private final Random random;
        private final EffectsInMemory store = new EffectsInMemory();
        private final ForgetfulProvider provider;
        private final Effects<String, String> effects;
        private final Set<MessageKey> intents = new TreeSet<>();
        private final Map<MessageKey, Standing<String>> loaded = new LinkedHashMap<>();
        private final List<Late> late = new ArrayList<>();
        private final Set<Object> answers = new HashSet<>();
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");
        private final boolean withPeople;
        private boolean undoAsked;
        private boolean undone;

        World(long seed, CounterpartTimes times, boolean withPeople) {
            this.withPeople = withPeople;
            this.random = new Random(seed);
            this.provider = new ForgetfulProvider(random, () -> now);
            Clock clock = new Clock() {
                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return InstantSource.system().withZone(zone);
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
            this.effects = new Effects<>(store, provider, REPLIES, times, clock);
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0 -> ask();
                case 1 -> undo();
                case 2, 3 -> load();
                case 4, 5 -> call();
                case 6 -> settle();
                case 7 -> pass();
                case 8 -> undoByHand();
                default -> crash();
            }
        }

        private void ask() {
            take(COMMAND, batch -> batch.ask("249.00 EUR", COMMAND));
        }

        private void undo() {
            undoAsked = true;
            take(UNDO, batch -> batch.undo(UNDO));
        }

        /** Only an undo that keeps failing is done by hand; a call may be under way all the same. */
        private void undoByHand() {
            if (withPeople && undoAsked && !undone) {
                provider.giveBackByHand();
                take(UNDO.byHand(), batch -> batch.undo(UNDO.byHand()));
            }
        }

        private void take(MessageKey key, java.util.function.Function<EffectBatch<String, String>, Answer<?>> handler) {
            var batch = new EffectBatch<>(store.lock(new TreeSet<>(Set.of(COMMAND))), REPLIES, now);
            switch (handler.apply(batch)) {
                case Answer.Later<?> _ -> intents.add(key);
                case Answer.Now<?>(var reply) -> answer(reply);
                case Answer.SupersededByUndo<?> _ -> assertThat(undoAsked).isTrue();
                case Answer.NotYet<?> _ -> throw new AssertionError("an effect is never too early");
            }
            effects.save(batch);
        }

        private void load() {
            for (var asking : intents) {
                loaded.putAll(effects.load(List.of(asking)));
            }
        }

        private void call() {
            if (loaded.isEmpty()) {
                return;
            }
            var asking = new ArrayList<>(loaded.keySet()).get(random.nextInt(loaded.size()));
            try {
                late.add(new Late(asking, effects.call(asking, requireNonNull(loaded.get(asking)))));
            } catch (Exception e) {
                loaded.remove(asking); // unknown: loaded again for another try
            }
        }

        private void settle() {
            if (late.isEmpty()) {
                return;
            }
            var settled = late.remove(random.nextInt(late.size()));
            var followUps = new ArrayList<MessageKey>();
            var replies = effects.settle(Map.of(settled.asking(), settled.outcome()), followUps::addAll);
            intents.remove(settled.asking());
            intents.addAll(followUps);
            replies.values().forEach(this::answer);
        }

        private void answer(Object reply) {
            answers.add(reply);
            undone |= reply instanceof Undone;
        }

        /** A call is never started long after it was loaded. */
        private void pass() {
            loaded.clear();
            now = now.plus(Duration.ofSeconds(random.nextInt(5) == 0 ? 50_000 : 20));
        }

        private void crash() {
            loaded.clear();
            late.clear();
        }

        private void heal() {
            for (int i = 0; i < 400 && !(intents.isEmpty() && late.isEmpty()); i++) {
                load();
                intents.removeIf(asking -> !loaded.containsKey(asking));
                call();
                while (!late.isEmpty()) {
                    settle();
                }
                pass();
            }
        }
    }

    @Test
    void neverLosesMoneyWhateverHappens() {
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed, TIMES);
        }
    }

    @Test
    void neverLosesMoneyWhenAPersonGivesItBackWhateverElseIsUnderWay() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var world = new World(seed, TIMES, true);
            for (int i = 0; i < 60; i++) {
                world.step();
            }

            world.heal();

            int kept = world.provider.captures() - world.provider.refunds();
            assertThat(world.undone).as("seed %d", seed).isEqualTo(world.undoAsked);
            assertThat(kept).as("seed %d", seed).isEqualTo(world.undoAsked || !world.answers.contains("done") ? 0 : 1);
        }
    }

    @Test
    void wouldLoseMoneyIfItTrustedALookUpTooEarly() {
        var gullible = new CounterpartTimes(TIMES.keyLifetime(), Duration.ZERO);

        assertThatThrownBy(() -> LongStream.range(0, SEEDS).forEach(seed -> run(seed, gullible)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void wouldChargeTwiceIfItTrustedAKeyTooLong() {
        var gullible = new CounterpartTimes(Duration.ofDays(30), TIMES.lookupDelay());

        assertThatThrownBy(() -> LongStream.range(0, SEEDS).forEach(seed -> run(seed, gullible)))
                .isInstanceOfAny(AssertionError.class, IllegalStateException.class);
    }

    private static void run(long seed, CounterpartTimes times) {
        var world = new World(seed, times, false);
        for (int i = 0; i < 40; i++) {
            world.step();
            assertThat(world.provider.captures()).as("seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(world.provider.refunds()).as("seed %d", seed).isLessThanOrEqualTo(world.provider.captures());
            if (world.undone) {
                assertThat(world.provider.captures()).as("seed %d", seed).isEqualTo(world.provider.refunds());
            }
        }

        world.heal();

        int kept = world.provider.captures() - world.provider.refunds();
        assertThat(world.undone).as("seed %d", seed).isEqualTo(world.undoAsked);
        assertThat(kept).as("seed %d", seed).isEqualTo(world.undoAsked || !world.answers.contains("done") ? 0 : 1);
        assertThat(world.store.ledger()).hasSize(world.provider.captures() + world.provider.refunds());
    }
}
