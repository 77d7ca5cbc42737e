package shop.checkout.e2e.guarantee;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import shop.checkout.e2e.guarantee.Evidence.Deed;
import shop.checkout.e2e.guarantee.Evidence.Effect;
import shop.checkout.e2e.guarantee.Evidence.Holding;
import shop.checkout.e2e.guarantee.Evidence.Service;
import shop.checkout.e2e.guarantee.Evidence.Standing;
import shop.checkout.e2e.guarantee.Evidence.Stock;

/** G2: nothing on the shelf appears or disappears, and nothing stays set aside once all is quiet. */
final class StockRules {

    static final List<Rule> ALL = List.of(StockRules::sums, StockRules::holdings, StockRules::ledger);

    private static final String RULE = "G2";

    private StockRules() {}

    private static Stream<Violation> sums(Evidence evidence) {
        return evidence.stock().stream().flatMap(stock -> {
            long there = stock.available() + stock.reserved() + stock.sold();
            long expected = stock.initial() + stock.restocked();
            return Stream.of(
                            there == expected ? "" : "has " + there + " pieces where " + expected + " came in",
                            Math.min(stock.available(), Math.min(stock.reserved(), stock.sold())) >= 0
                                    ? ""
                                    : "is negative: " + stock)
                    .filter(what -> !what.isEmpty())
                    .map(what -> new Violation(RULE, stock.sku() + " " + what));
        });
    }

    private static Stream<Violation> holdings(Evidence evidence) {
        var reserved = pieces(evidence, Standing.THERE);
        var sold = pieces(evidence, Standing.SETTLED, Standing.RETURNED);
        var restocked = pieces(evidence, Standing.RETURNED);
        return evidence.stock().stream()
                .flatMap(stock -> Stream.of(
                                differs(stock, "reserved", stock.reserved(), "the reservations", reserved),
                                differs(stock, "sold", stock.sold(), "the sold reservations", sold),
                                differs(stock, "restocked", stock.restocked(), "the returned reservations", restocked))
                        .flatMap(found -> found));
    }

    private static Stream<Violation> ledger(Evidence evidence) {
        var reserved = new HashMap<String, Long>();
        var sold = new HashMap<String, Long>();
        var restocked = new HashMap<String, Long>();
        evidence.effects().stream()
                .filter(effect -> effect.service() == Service.INVENTORY)
                .forEach(effect -> {
                    reserved.merge(effect.item(), signed(effect), Long::sum);
                    sold.merge(effect.item(), effect.deed() == Deed.SETTLED ? effect.amount() : 0, Long::sum);
                    restocked.merge(effect.item(), effect.deed() == Deed.RETURNED ? effect.amount() : 0, Long::sum);
                });
        return evidence.stock().stream()
                .flatMap(stock -> Stream.of(
                                differs(stock, "reserved", stock.reserved(), "the ledger", reserved),
                                differs(stock, "sold", stock.sold(), "the ledger", sold),
                                differs(stock, "restocked", stock.restocked(), "the ledger", restocked))
                        .flatMap(found -> found));
    }

    private static Map<String, Long> pieces(Evidence evidence, Standing... standings) {
        var wanted = Set.of(standings);
        return evidence.holdings().stream()
                .filter(holding -> holding.service() == Service.INVENTORY && wanted.contains(holding.standing()))
                .collect(groupingBy(Holding::item, summingLong(Holding::amount)));
    }

    private static long signed(Effect effect) {
        return switch (effect.deed()) {
            case DONE -> effect.amount();
            case UNDONE, SETTLED -> -effect.amount();
            case RETURNED -> 0;
        };
    }

    private static Stream<Violation> differs(
            Stock stock, String what, long onTheShelf, String where, Map<String, Long> bySku) {
        long other = bySku.getOrDefault(stock.sku(), 0L);
        return onTheShelf == other
                ? Stream.empty()
                : Stream.of(new Violation(
                        RULE, stock.sku() + " has " + onTheShelf + " pieces " + what + ", " + where + " say " + other));
    }
}
