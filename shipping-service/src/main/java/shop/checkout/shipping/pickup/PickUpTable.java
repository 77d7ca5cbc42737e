package shop.checkout.shipping.pickup;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.checkout.codec.Codec;
import shop.checkout.effect.Change;
import shop.checkout.effect.EffectStore;
import shop.checkout.effect.EffectTable;
import shop.checkout.effect.Receipt;
import shop.checkout.effect.Standing;
import shop.checkout.jdbc.Columns;
import shop.checkout.jdbc.Writes;
import shop.checkout.message.MessageKey;
import shop.checkout.shipping.carrier.PickUpRequest;
import shop.checkout.time.HybridClock;

/** The rows of pick-ups and their ledger, many at once. */
final class PickUpTable implements EffectStore<PickUpRequest> {

    private static final String INSERT_LEDGER = """
            insert into pick_up_ledger (saga_id, message, kind, reference, hlc)
            select * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[])
            """;

    private enum Kind {
        SCHEDULE,
        CANCEL
    }

    private record LedgerRow(MessageKey message, Kind kind, String reference) {

        /** What a change brought to light, in its order. */
        static Stream<LedgerRow> of(Change<PickUpRequest> change) {
            var command = change.after().command();
            return Stream.concat(
                    change.happened().map(Receipt::id).stream()
                            .map(pickUp -> new LedgerRow(command, Kind.SCHEDULE, pickUp)),
                    change.reversed().stream()
                            .map(cancellation -> new LedgerRow(command.undo(), Kind.CANCEL, cancellation)));
        }
    }

    private final EffectTable<PickUpRequest> rows;
    private final JdbcTemplate jdbc;
    private final Writes writes;
    private final HybridClock clock;

    PickUpTable(JdbcTemplate jdbc, Codec codec, HybridClock clock) {
        this.rows = new EffectTable<>("pick_up", PickUpRequest.class, jdbc, codec, clock);
        this.jdbc = jdbc;
        this.writes = Writes.of(jdbc);
        this.clock = clock;
    }

    @Override
    public List<Standing<PickUpRequest>> find(Collection<MessageKey> commands) {
        return rows.find(commands);
    }

    @Override
    public List<Standing<PickUpRequest>> lock(SortedSet<MessageKey> commands) {
        return rows.lock(commands);
    }

    @Override
    public void write(List<Change<PickUpRequest>> changes) {
        rows.write(changes);
        var lines = changes.stream()
                .sorted(Comparator.comparing(change -> change.after().command()))
                .flatMap(LedgerRow::of)
                .toList();
        if (!lines.isEmpty()) {
            var columns = Columns.of(lines)
                    .text(it -> it.message().sagaId())
                    .text(it -> it.message().name())
                    .text(LedgerRow::kind)
                    .text(LedgerRow::reference)
                    .bigint(_ -> clock.now().packed());
            writes.add(INSERT_LEDGER, columns.arrays());
        }
    }
}
