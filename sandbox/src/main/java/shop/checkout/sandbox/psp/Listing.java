package shop.checkout.sandbox.psp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Part of a list or of what a search found, newest first.
 *
 * @param nextPage always absent: a search shows at most 100 entries, and an order has fewer payments; lists go on
 *     {@code starting_after} their last entry
 */
@JsonNaming(SnakeCaseStrategy.class)
record Listing(
        String object,
        String url,
        boolean hasMore,
        @Nullable String nextPage,
        List<?> data) {

    static Listing list(String url, Slice<?> slice) {
        return new Listing("list", url, slice.hasMore(), null, slice.entries());
    }

    static Listing found(String url, Slice<?> slice) {
        return new Listing("search_result", url, slice.hasMore(), null, slice.entries());
    }
}
