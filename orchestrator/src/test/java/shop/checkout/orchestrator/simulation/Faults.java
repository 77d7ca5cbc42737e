package shop.checkout.orchestrator.simulation;

/**
 * What goes wrong, and how often, until it heals. Each run draws its own mixture, in which most kinds of faults are left out,
 * because a fault that is always there hides what others would show (swarm testing: Groce et al., ISSTA 2012).
 */
final class Faults {

    private final Scheduler time;
    private final Chance chance;
    private final long healsAt;
    private final double crash;
    private final double stop;
    private final double slow;
    private final double unseen;
    private final double poison;
    private final double callFails;
    private final double answerLost;
    private final double torn;
    private final long incidentsEvery;
    private final long silence;

    Faults(Scheduler time, Chance chance) {
        this.time = time;
        this.chance = chance;
        this.silence = chance.hits(0.01) ? 1_200_000 : chance.hits(0.04) ? 200_000 : 0;
        this.healsAt = silence == 0 ? 60_000 : silence + silence / 4;
        this.crash = often(0.004);
        this.stop = often(0.002);
        this.slow = often(0.02);
        this.unseen = often(0.3);
        this.poison = often(0.03);
        this.callFails = often(0.1);
        this.answerLost = often(0.1);
        this.torn = often(0.1);
        this.incidentsEvery = chance.hits(0.5) ? 0 : chance.between(healsAt / 40, healsAt / 4);
    }

    private double often(double rate) {
        return chance.hits(0.5) ? 0 : rate * (chance.hits(0.2) ? 4 : 1);
    }

    long healsAt() {
        return healsAt;
    }

    boolean last() {
        return time.now() < healsAt;
    }

    boolean crashes() {
        return happens(crash);
    }

    boolean stops() {
        return happens(stop);
    }

    boolean handlerFails() {
        return happens(poison);
    }

    boolean callFails() {
        return happens(callFails);
    }

    /** Only where the run is long enough for somebody to be called. */
    boolean refusesReversal() {
        return silence >= 1_200_000 && happens(0.3);
    }

    boolean answerOfCallIsLost() {
        return happens(answerLost);
    }

    boolean tearsBatch() {
        return happens(torn);
    }

    private boolean happens(double rate) {
        return rate > 0 && last() && chance.hits(rate);
    }

    /** From a few milliseconds to, rarely, longer than anybody waits. */
    long delay(long usual) {
        return happens(slow) ? chance.between(usual, 9_000) : chance.between(1, usual);
    }

    /** How long other sessions do not see what was committed. */
    long unseen() {
        return happens(unseen) ? chance.between(1, 300) : 0;
    }

    long downtime() {
        return chance.between(100, 15_000);
    }

    /** How long a process may be stopped: up to the moment when all heals. */
    long stoppage() {
        return Math.min(chance.between(200, 30_000), Math.max(0, healsAt - time.now()));
    }

    /** The time between incidents; 0 for none. */
    long incidentsEvery() {
        return incidentsEvery;
    }

    /** How long a participant is silent at one time; 0 for never. */
    long silence() {
        return silence;
    }
}
