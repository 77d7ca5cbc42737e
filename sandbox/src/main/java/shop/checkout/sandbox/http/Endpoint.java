package shop.checkout.sandbox.http;

/** Answers every request below one path; called by many threads at a time. */
public interface Endpoint {

    /** Throws {@link Rejected} with an answer of its own if the request cannot be understood. */
    Answer handle(Request request);

    /** An answer in this endpoint's own words for a request that did not reach it or failed inside it. */
    Answer problem(int status, String detail);
}
