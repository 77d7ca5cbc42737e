package shop.checkout.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state with every command and every outcome. */
class EffectTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Receipt RECEIPT = new Receipt("pi_1", "ch_1");
    private static final Receipt OTHER = new Receipt("pi_2", "ch_2");

    private static final Effect PENDING = new Effect.Pending();
    private static final Effect DONE = new Effect.Done(RECEIPT);
    private static final Effect REFUSED = new Effect.Refused("no funds");
    private static final Effect UNDOING = undoing(null, null);
    private static final Effect UNDOING_SPENT = undoing(null, NOW);
    private static final Effect UNDOING_DONE = undoing(RECEIPT, null);
    private static final Effect REVERSED = new Effect.Reversed(RECEIPT, "re_1");
    private static final Effect VOIDED = new Effect.Voided();
    private static final Effect BLOCKED = new Effect.Blocked();
    private static final List<Effect> ALL =
            List.of(PENDING, DONE, REFUSED, UNDOING, UNDOING_SPENT, UNDOING_DONE, REVERSED, VOIDED, BLOCKED);

    private static final Outcome HAPPENED = new Outcome.Done(RECEIPT);
    private static final Outcome DECLINED = new Outcome.Refused("no funds");
    private static final Outcome UNDONE = new Outcome.Reversed(RECEIPT, "re_1");
    private static final Outcome NOTHING = new Outcome.NeverHappened();
    private static final Outcome SPENT = new Outcome.KeySpent();

    /** What a call leads to; all that is not listed contradicts what is known. */
    static Stream<Arguments> transitions() {
        return Stream.of(
                arguments(PENDING, HAPPENED, DONE),
                arguments(PENDING, DECLINED, REFUSED),
                arguments(DONE, HAPPENED, DONE),
                arguments(REFUSED, DECLINED, REFUSED),
                arguments(UNDOING, HAPPENED, UNDOING_DONE),
                arguments(UNDOING, DECLINED, UNDOING),
                arguments(UNDOING, UNDONE, REVERSED),
                arguments(UNDOING, NOTHING, VOIDED),
                arguments(UNDOING, SPENT, UNDOING_SPENT),
                arguments(UNDOING_SPENT, HAPPENED, undoing(RECEIPT, NOW)),
                arguments(UNDOING_SPENT, DECLINED, UNDOING_SPENT),
                arguments(UNDOING_SPENT, UNDONE, REVERSED),
                arguments(UNDOING_SPENT, NOTHING, VOIDED),
                arguments(UNDOING_SPENT, SPENT, UNDOING_SPENT),
                arguments(UNDOING_DONE, HAPPENED, UNDOING_DONE),
                arguments(UNDOING_DONE, UNDONE, REVERSED),
                arguments(UNDOING_DONE, NOTHING, UNDOING_DONE),
                arguments(UNDOING_DONE, SPENT, undoing(RECEIPT, NOW)),
                arguments(REVERSED, HAPPENED, REVERSED),
                arguments(REVERSED, UNDONE, REVERSED),
                arguments(REVERSED, NOTHING, REVERSED),
                arguments(REVERSED, SPENT, REVERSED),
                arguments(VOIDED, HAPPENED, UNDOING_DONE),
                arguments(VOIDED, DECLINED, VOIDED),
                arguments(VOIDED, UNDONE, REVERSED),
                arguments(VOIDED, NOTHING, VOIDED),
                arguments(VOIDED, SPENT, VOIDED));
    }

    static Stream<Arguments> contradictions() {
        var allowed = transitions().map(it -> List.of(it.get()[0], it.get()[1])).toList();
        return ALL.stream()
                .flatMap(effect -> Stream.of(HAPPENED, DECLINED, UNDONE, NOTHING, SPENT)
                        .filter(outcome -> !allowed.contains(List.of(effect, outcome)))
                        .map(outcome -> arguments(effect, outcome)));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void movesByWhatCallsFind(Effect before, Outcome outcome, Effect expected) {
        assertThat(before.after(outcome, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void refusesWhatContradictsTheKnown(Effect before, Outcome outcome) {
        assertThatThrownBy(() -> before.after(outcome, NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(outcome.toString())
                .hasMessageContaining(before.toString());
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void changesNothingWhenTheSameOutcomeComesTwice(Effect before, Outcome outcome, Effect expected) {
        assertThat(expected.after(outcome, NOW.plusSeconds(1))).isEqualTo(expected);
    }

    @Test
    void refusesASecondReceiptForOneKey() {
        for (var effect : List.of(DONE, UNDOING_DONE, REVERSED)) {
            assertThatThrownBy(() -> effect.after(new Outcome.Done(OTHER), NOW)).hasMessageContaining("pi_2");
        }
        for (var effect : List.of(UNDOING_DONE, REVERSED)) {
            assertThatThrownBy(() -> effect.after(new Outcome.Reversed(OTHER, "re_2"), NOW))
                    .hasMessageContaining("pi_2");
        }
    }

    @Test
    void isAskedForOnce() {
        assertThat(Effect.asked(Optional.empty())).isEqualTo(PENDING);
        assertThat(ALL)
                .allSatisfy(
                        effect -> assertThat(Effect.asked(Optional.of(effect))).isEqualTo(effect));
    }

    @Test
    void isUndoneFromWhereverItStands() {
        assertThat(Effect.undoAsked(Optional.empty())).isEqualTo(BLOCKED);
        assertThat(Effect.undoAsked(Optional.of(PENDING))).isEqualTo(UNDOING);
        assertThat(Effect.undoAsked(Optional.of(DONE))).isEqualTo(UNDOING_DONE);
        for (var settled : List.of(REFUSED, UNDOING, UNDOING_SPENT, UNDOING_DONE, REVERSED, VOIDED, BLOCKED)) {
            assertThat(Effect.undoAsked(Optional.of(settled))).isEqualTo(settled);
        }
    }

    @Test
    void isUndoneByHandFromWhereverItStands() {
        var byHand = new Effect.Reversed(RECEIPT, Effect.BY_HAND);

        assertThat(Effect.undoneByHand(Optional.empty())).isEqualTo(BLOCKED);
        for (var happened : List.of(DONE, UNDOING_DONE)) {
            assertThat(Effect.undoneByHand(Optional.of(happened))).isEqualTo(byHand);
        }
        for (var unknown : List.of(PENDING, UNDOING)) {
            assertThat(Effect.undoneByHand(Optional.of(unknown))).isEqualTo(UNDOING);
        }
        for (var settled : List.of(REFUSED, REVERSED, VOIDED, BLOCKED)) {
            assertThat(Effect.undoneByHand(Optional.of(settled))).isEqualTo(settled);
        }
        assertThat(byHand.after(new Outcome.Reversed(RECEIPT, "re_1"), NOW)).isEqualTo(byHand);
    }

    @Test
    void remembersThatItHappened() {
        assertThat(ALL.stream().filter(it -> it.happened().isPresent())).containsExactly(DONE, UNDOING_DONE, REVERSED);
    }

    private static Effect undoing(@Nullable Receipt receipt, @Nullable Instant keySpentAt) {
        return new Effect.Undoing(Optional.ofNullable(receipt), Optional.ofNullable(keySpentAt));
    }
}
