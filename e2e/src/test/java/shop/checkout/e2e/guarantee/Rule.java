package shop.checkout.e2e.guarantee;

import java.util.stream.Stream;

/** One thing that must hold of every run. */
@FunctionalInterface
interface Rule {
    /** What breaks it. */
    Stream<Violation> judge(Evidence evidence);
}
