package shop.checkout.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.TransactionDefinition;
import shop.checkout.Arrived;
import shop.checkout.TestDatabase;
import shop.checkout.codec.Codec;
import shop.checkout.contract.Money;
import shop.checkout.message.MessageKey;
import shop.checkout.time.HybridClock;

/** What is written is read again, whatever state an effect is in. */
class EffectTableIT {

    private static final TestDatabase DATABASE = new TestDatabase();
    private static final Instant SINCE = Instant.parse("2026-11-24T12:00:00Z");
    private static final Money PRICE = Money.of("249.00", "EUR");
    private static final Receipt RECEIPT = new Receipt("pup_1", "P-1");

    private final MessageKey command = MessageKey.ofStep(Arrived.newSaga(), "schedule-pick-up", 1);
    private final EffectTable<Money> table = new EffectTable<>(
            "errand", Money.class, DATABASE.jdbc(), Codec.ofCatalogue(), new HybridClock(Clock.systemUTC()));

    @BeforeAll
    static void makeTable() {
        DATABASE.commit(() -> DATABASE.jdbc().execute("""
                create table errand (
                    saga_id uuid, command text, state text, request text, receipt_id text, receipt_number text,
                    reversal text, reason text, key_spent_at timestamptz, hlc bigint, revision integer default 1,
                    created_at timestamptz, updated_at timestamptz default now(), primary key (saga_id, command))
                """));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    static Stream<Effect> states() {
        return Stream.of(
                new Effect.Pending(),
                new Effect.Done(RECEIPT),
                new Effect.Refused("no pick-ups there"),
                new Effect.Undoing(Optional.empty(), Optional.empty()),
                new Effect.Undoing(Optional.empty(), Optional.of(SINCE.plusSeconds(5))),
                new Effect.Undoing(Optional.of(RECEIPT), Optional.empty()),
                new Effect.Reversed(RECEIPT, "pup_1 cancelled"),
                new Effect.Voided());
    }

    @ParameterizedTest
    @MethodSource("states")
    void readsWhatItHasWritten(Effect effect) {
        var standing = new Standing<>(command, Optional.of(PRICE), effect, SINCE);

        write(new Change<>(Optional.empty(), standing));

        assertThat(read()).containsExactly(standing);
    }

    @Test
    void knowsOfAnUndoThatCameFirst() {
        var standing = new Standing<Money>(command, Optional.empty(), new Effect.Blocked(), SINCE);

        write(new Change<>(Optional.empty(), standing));

        assertThat(read()).containsExactly(standing);
    }

    @ParameterizedTest
    @MethodSource("states")
    void readsWhatItHasChanged(Effect effect) {
        var before = new Standing<>(command, Optional.of(PRICE), new Effect.Pending(), SINCE);
        write(new Change<>(Optional.empty(), before));

        write(new Change<>(Optional.of(before), before.moved(effect)));

        assertThat(read()).containsExactly(before.moved(effect));
    }

    @Test
    void findsWhatThereIsInTheOrderOfKeys() {
        var saga = command.sagaId();
        var others = Stream.of("b", "c", "a")
                .map(name -> new Standing<>(
                        new MessageKey(saga, name), Optional.of(PRICE), (Effect) new Effect.Pending(), SINCE))
                .toList();
        DATABASE.commit(() -> table.write(
                others.stream().map(it -> new Change<>(Optional.empty(), it)).toList()));

        var found = DATABASE.transaction()
                .execute(_ -> table.lock(new TreeSet<>(List.of(
                        new MessageKey(saga, "c"), new MessageKey(saga, "a"), new MessageKey(saga, "missing")))));

        assertThat(found).extracting(it -> it.command().name()).containsExactly("a", "c");
    }

    @Test
    void noticesThatSomebodyElseWasFirst() {
        var standing = new Standing<>(command, Optional.of(PRICE), (Effect) new Effect.Pending(), SINCE);
        write(new Change<>(Optional.empty(), standing));

        assertThatThrownBy(() -> write(new Change<>(Optional.empty(), standing)))
                .isInstanceOf(ConcurrencyFailureException.class)
                .hasMessageContaining("errand");
    }

    @Test
    void isKnownToTheTransactionThatWritesItAndToNoOther() {
        var written = new Written<Money>();
        var pending = new Standing<>(command, Optional.of(PRICE), (Effect) new Effect.Pending(), SINCE);
        var inner = DATABASE.transaction();
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        DATABASE.commit(() -> {
            written.add(List.of(new Change<>(Optional.empty(), pending)));
            inner.executeWithoutResult(
                    _ -> assertThat(written.find(List.of(command))).isEmpty());
            assertThat(written.find(List.of(command))).containsExactly(pending);
        });

        DATABASE.commit(() -> assertThat(written.find(List.of(command))).isEmpty());
    }

    private void write(Change<Money> change) {
        DATABASE.commit(() -> table.write(List.of(change)));
    }

    private List<Standing<Money>> read() {
        return table.find(List.of(command));
    }
}
