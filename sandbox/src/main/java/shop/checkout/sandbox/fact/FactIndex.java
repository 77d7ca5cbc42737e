package shop.checkout.sandbox.fact;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds facts of one kind by what they are called: by id, by key, by order. Memory has their places only, about 30
 * bytes a fact; the facts are read back from the log as a stream is consumed. Safe to use from many threads.
 *
 * <p>To look for a name that no fact has reads nothing. Names are told apart by 64 bits of hash in memory, and for
 * certain once the fact is read.
 */
public final class FactIndex<F extends Fact> {

    private final FactLog log;
    private final Class<F> kind;
    private final Function<F, Optional<String>> name;
    private final Positions positions = new Positions();

    /** An empty index of facts that have this name; those without one are left out. */
    public FactIndex(FactLog log, Class<F> kind, Function<F, Optional<String>> name) {
        this.log = log;
        this.kind = kind;
        this.name = name;
    }

    /** Adds a fact that is at this position in the log. */
    public void add(F fact, long position) {
        name.apply(fact).ifPresent(text -> positions.add(hash(text), position));
    }

    /** The facts of this name, newest first. */
    public Stream<F> named(String text) {
        return positions.entries(hash(text)).mapToObj(this::fact).filter(fact -> isNamed(fact, text));
    }

    /** All facts, newest first. */
    public Stream<F> newest() {
        return before(positions.size());
    }

    /** The facts that were added before the one of this name, newest first; none if there is no such. */
    public Stream<F> before(String text) {
        var entry = positions
                .entries(hash(text))
                .filter(candidate -> isNamed(fact(candidate), text))
                .findFirst();
        return before(entry.orElse(0));
    }

    private Stream<F> before(int entry) {
        return IntStream.iterate(entry - 1, earlier -> earlier >= 0, earlier -> earlier - 1)
                .mapToObj(this::fact);
    }

    private F fact(int entry) {
        return kind.cast(log.read(positions.position(entry)));
    }

    private boolean isNamed(F fact, String text) {
        return name.apply(fact).filter(text::equals).isPresent();
    }

    // FNV-1a; its upper half is the better one
    private static long hash(String text) {
        var hash = 0xcbf29ce484222325L;
        for (var i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash ^ (hash >>> 32);
    }
}
