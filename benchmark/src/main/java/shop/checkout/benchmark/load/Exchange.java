package shop.checkout.benchmark.load;

/**
 * One request on its way.
 *
 * @param number of the request
 * @param due when it was to be sent, on the clock of {@link System#nanoTime}; its latency counts from then
 * @param tally of the span in which it was due
 * @param repeated it was sent before, on a connection that the server had closed
 */
record Exchange(long number, long due, Tally tally, boolean repeated) {
    Exchange again() {
        return new Exchange(number, due, tally, true);
    }
}
