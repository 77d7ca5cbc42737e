package shop.checkout.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import shop.checkout.message.MessageKey;

/** Effects and their ledger in memory; checks at every write that the ledger makes sense. */
final class EffectsInMemory implements EffectStore<String> {

    enum Line {
        HAPPENED,
        REVERSED
    }

    private final Map<MessageKey, Standing<String>> standings = new TreeMap<>();
    private final List<Line> ledger = new ArrayList<>();

    List<Line> ledger() {
        return ledger;
    }

    @Override
    public List<Standing<String>> find(Collection<MessageKey> commands) {
        return standings.values().stream()
                .filter(it -> commands.contains(it.command()))
                .toList();
    }

    @Override
    public List<Standing<String>> lock(SortedSet<MessageKey> commands) {
        return find(commands);
    }

    @Override
    public void write(List<Change<String>> changes) {
        for (var change : changes) {
            standings.put(change.after().command(), change.after());
            change.happened().ifPresent(receipt -> ledger.add(Line.HAPPENED));
            change.reversed().ifPresent(reversal -> ledger.add(Line.REVERSED));
        }
        assertThat(ledger).isIn(List.of(), List.of(Line.HAPPENED), List.of(Line.HAPPENED, Line.REVERSED));
    }
}
