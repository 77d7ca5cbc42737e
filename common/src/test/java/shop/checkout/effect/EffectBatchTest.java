package shop.checkout.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import shop.checkout.message.MessageKey;
import shop.checkout.message.SagaId;
import shop.checkout.participant.Answer;

/** A command may be refused without asking anybody, but only once and for all. */
class EffectBatchTest {

    private static final MessageKey COMMAND = MessageKey.ofStep(new SagaId(new UUID(7, 7)), "refund", 1);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final Replies<String> REPLIES = new Replies<>() {
        @Override
        public String done(Receipt receipt) {
            return "done";
        }

        @Override
        public String refused(String reason) {
            return "refused: " + reason;
        }
    };

    @Test
    void refusesAtOnceAndRemembersIt() {
        var batch = batch();

        var answer = batch.refuse("249.00 EUR", COMMAND, "nothing left");

        assertThat(answer).isEqualTo(Answer.now("refused: nothing left"));
        assertThat(batch.ask("249.00 EUR", COMMAND)).isEqualTo(answer);
        assertThat(batch.changes())
                .containsExactly(new Change<>(
                        Optional.empty(),
                        new Standing<>(COMMAND, Optional.of("249.00 EUR"), new Effect.Refused("nothing left"), NOW)));
    }

    @Test
    void doesNotRefuseWhatWasAskedForBefore() {
        var asked = batch(new Effect.Pending());
        var done = batch(new Effect.Done(new Receipt("re_1", "re_1")));

        assertThat(asked.refuse("249.00 EUR", COMMAND, "nothing left")).isEqualTo(Answer.later());
        assertThat(done.refuse("249.00 EUR", COMMAND, "nothing left")).isEqualTo(Answer.now("done"));
        assertThat(asked.changes()).isEmpty();
    }

    private static EffectBatch<String, String> batch(Effect... known) {
        return new EffectBatch<>(
                List.of(known).stream()
                        .map(effect -> new Standing<>(COMMAND, Optional.of("249.00 EUR"), effect, NOW))
                        .toList(),
                REPLIES,
                NOW);
    }
}
