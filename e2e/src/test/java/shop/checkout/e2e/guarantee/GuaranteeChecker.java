package shop.checkout.e2e.guarantee;

import java.util.List;
import java.util.stream.Stream;

/**
 * Judges a run that has come to rest: nothing is in flight, every fault is healed.
 *
 * <p>Pure, and complete in what it says: every violation is listed, each with the ids that lead to it.
 */
public final class GuaranteeChecker {

    private static final List<Rule> RULES = Stream.of(
                    MoneyRules.ALL,
                    StockRules.ALL,
                    SagaRules.ALL,
                    EffectRules.ALL,
                    ReturnRules.ALL,
                    DeliveryRules.ALL,
                    OrderRules.ALL)
            .flatMap(List::stream)
            .toList();

    private GuaranteeChecker() {}

    /** What is wrong; empty when every guarantee holds. */
    public static List<Violation> judge(Evidence evidence) {
        return RULES.stream().flatMap(rule -> rule.judge(evidence)).toList();
    }
}
