package shop.checkout.orchestrator.saga;

/** What the world may want to hear about a saga. */
public sealed interface Milestone {

    record Started() implements Milestone {}

    record Completed() implements Milestone {}

    /** Everything was undone. */
    record Rejected(String reason) implements Milestone {}

    /** A person must look; the saga goes on trying meanwhile. */
    record NeedsAttention(String reason) implements Milestone {}
}
