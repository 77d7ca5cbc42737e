package shop.checkout.launcher;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;

/** Learns how open checkouts ended: from the list of the newest, and one by one for the few that take long. */
final class OutcomeWatch {
    private static final int PAGE = 200;
    private static final int PAGES_AT_ONCE = 10;
    private static final int SINGLES_AT_ONCE = 5;

    /** Older ones are asked for one by one, because the list would have to be read far back for them. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final ShopClient shop;
    private final Tally tally;

    OutcomeWatch(ShopClient shop, Tally tally) {
        this.shop = shop;
        this.tally = tally;
    }

    /** One look at the shop; costs a bounded number of requests. */
    void look() throws IOException, InterruptedException {
        var now = Instant.now();
        var old = tally.openBefore(now.minus(YOUNG));
        for (var id : old.stream().limit(SINGLES_AT_ONCE).toList()) {
            tally.seen(shop.find(id));
        }
        var missing = new HashSet<>(tally.openBefore(now));
        old.forEach(missing::remove);
        var cursor = Optional.<String>empty();
        for (int page = 0; page < PAGES_AT_ONCE && !missing.isEmpty(); page++) {
            var newest = shop.list(PAGE, cursor);
            newest.checkouts().forEach(standing -> {
                tally.seen(standing);
                missing.remove(standing.id());
            });
            cursor = newest.next();
            if (cursor.isEmpty()) {
                return;
            }
        }
    }
}
