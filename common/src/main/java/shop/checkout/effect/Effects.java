package shop.checkout.effect;

import static java.util.stream.Collectors.toCollection;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import shop.checkout.codec.Received;
import shop.checkout.intent.IntentRecorder;
import shop.checkout.intent.OutcomeUnknown;
import shop.checkout.intent.RemoteEffect;
import shop.checkout.message.MessageKey;
import shop.checkout.participant.Workspaces;

/**
 * The effects of a service in the outside world: what its handlers work on, and how the calls are made.
 *
 * <p>An undo whose effect's outcome is unknown finds it out first: by repeating the call with the same key as long as that
 * is surely remembered, by looking it up once it is not or once the key is spent. Finding nothing counts only when a look-up
 * can no longer lag behind. So an effect that was asked for but never called may happen for a moment, to be undone at once;
 * it never stays.
 *
 * @param <T> what is asked for
 * @param <R> the replies of the command that asks
 */
public final class Effects<T, R> implements Workspaces<EffectBatch<T, R>>, RemoteEffect<Standing<T>, Outcome> {

    private final EffectStore<T> store;
    private final Counterpart<T> counterpart;
    private final Replies<R> replies;
    private final CounterpartTimes times;
    private final Clock clock;
    private final Written<T> written = new Written<>();

    public Effects(
            EffectStore<T> store, Counterpart<T> counterpart, Replies<R> replies, CounterpartTimes times, Clock clock) {
        this.store = store;
        this.counterpart = counterpart;
        this.replies = replies;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public EffectBatch<T, R> open(List<Received<?>> messages) {
        return batch(messages.stream().map(Received::key));
    }

    @Override
    public void save(EffectBatch<T, R> batch) {
        var changes = batch.changes();
        store.write(changes);
        written.add(changes);
    }

    @Override
    public Map<MessageKey, Standing<T>> known(Collection<MessageKey> asking) {
        return wanted(asking, written.find(commands(asking.stream())));
    }

    @Override
    public Map<MessageKey, Standing<T>> load(Collection<MessageKey> asking) {
        return wanted(asking, store.find(commands(asking.stream())));
    }

    private Map<MessageKey, Standing<T>> wanted(Collection<MessageKey> asking, List<Standing<T>> found) {
        var standings = new LinkedHashMap<MessageKey, Standing<T>>();
        found.forEach(it -> standings.put(it.command(), it));
        var wanted = new LinkedHashMap<MessageKey, Standing<T>>();
        for (var key : asking) {
            var standing = standings.get(EffectBatch.commandOf(key));
            if (standing != null && isWanted(key, standing.effect())) {
                wanted.put(key, standing);
            }
        }
        return wanted;
    }

    @Override
    public Outcome call(MessageKey asking, Standing<T> standing) throws OutcomeUnknown, InvalidRequest {
        return asking.isUndo() ? undo(asking, standing) : perform(standing);
    }

    @Override
    public Map<MessageKey, Object> settle(Map<MessageKey, Outcome> outcomes, IntentRecorder followUps) {
        var batch = batch(outcomes.keySet().stream());
        var answers = new LinkedHashMap<MessageKey, Object>();
        outcomes.forEach(
                (asking, outcome) -> batch.settle(asking, outcome).ifPresent(answer -> answers.put(asking, answer)));
        save(batch);
        followUps.record(outcomes.keySet().stream()
                .filter(batch::mustCallAgain)
                .map(asking -> EffectBatch.commandOf(asking).undo())
                .distinct()
                .toList());
        return answers;
    }

    private static boolean isWanted(MessageKey asking, Effect effect) {
        return asking.isUndo() ? effect instanceof Effect.Undoing : effect instanceof Effect.Pending;
    }

    private Outcome perform(Standing<T> standing) throws OutcomeUnknown, InvalidRequest {
        var command = standing.command();
        if (keyIsForgotten(standing)) {
            return found(standing);
        }
        try {
            return counterpart.perform(standing.wanted(), command);
        } catch (SpentKey e) {
            return found(standing);
        }
    }

    private Outcome.Definite found(Standing<T> standing) throws OutcomeUnknown {
        return counterpart
                .find(standing.wanted(), standing.command())
                .orElseThrow(() -> new OutcomeUnknown(standing.command()
                        + ": its idempotency key can tell no more, and there is nothing to be found so far"));
    }

    private Outcome undo(MessageKey undo, Standing<T> standing) throws OutcomeUnknown {
        var known = standing.effect().happened();
        if (known.isPresent()) {
            return reverse(undo, standing, known.get());
        }
        return switch (settled(standing)) {
            case Outcome.Done(var receipt) -> reverse(undo, standing, receipt);
            case Outcome.Refused _ -> new Outcome.NeverHappened();
            case Outcome settled -> settled;
        };
    }

    private Outcome reverse(MessageKey undo, Standing<T> standing, Receipt receipt) throws OutcomeUnknown {
        return new Outcome.Reversed(receipt, counterpart.reverse(standing.wanted(), receipt, undo));
    }

    private Outcome settled(Standing<T> standing) throws OutcomeUnknown {
        var spent = standing.effect() instanceof Effect.Undoing(var _, var keySpentAt) && keySpentAt.isPresent();
        if (spent || keyIsForgotten(standing)) {
            return lookedUp(standing);
        }
        try {
            return counterpart.perform(standing.wanted(), standing.command());
        } catch (SpentKey e) {
            return new Outcome.KeySpent();
        } catch (InvalidRequest e) {
            return new Outcome.NeverHappened();
        }
    }

    private Outcome lookedUp(Standing<T> standing) throws OutcomeUnknown {
        var found = counterpart.find(standing.wanted(), standing.command());
        if (found.isPresent()) {
            return found.get();
        }
        var nothingNewSince = standing.effect() instanceof Effect.Undoing(var _, var keySpentAt)
                ? keySpentAt.orElse(standing.since().plus(times.keyLifetime()))
                : clock.instant();
        if (clock.instant().isBefore(nothingNewSince.plus(times.lookupDelay()))) {
            throw new OutcomeUnknown(
                    standing.command() + ": nothing to be found so far, but it is too early to be sure");
        }
        return new Outcome.NeverHappened();
    }

    private boolean keyIsForgotten(Standing<T> standing) {
        return !clock.instant().isBefore(standing.since().plus(times.keyLifetime()));
    }

    private EffectBatch<T, R> batch(Stream<MessageKey> asking) {
        return new EffectBatch<>(new ArrayList<>(store.lock(commands(asking))), replies, clock.instant());
    }

    private static TreeSet<MessageKey> commands(Stream<MessageKey> asking) {
        return asking.map(EffectBatch::commandOf).collect(toCollection(TreeSet::new));
    }
}
