package shop.checkout.sandbox.psp;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The first few of many. */
record Slice<T>(List<T> entries, boolean hasMore) {

    Slice {
        entries = List.copyOf(entries);
    }

    static <T> Slice<T> of(Stream<T> all, int limit) {
        var oneMore = all.limit(limit + 1L).toList();
        return new Slice<>(oneMore.subList(0, Math.min(limit, oneMore.size())), oneMore.size() > limit);
    }

    <R> Slice<R> map(Function<T, R> shape) {
        return new Slice<>(entries.stream().map(shape).toList(), hasMore);
    }
}
