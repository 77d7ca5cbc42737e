package shop.checkout.launcher;

import java.time.Duration;

/** Hears what becomes of supervised programs. Called from several threads. */
interface Watcher {
    /** A process exists; it may never become ready. */
    void started(RunningProgram program);

    void ready(RunningProgram program, Duration after);

    void died(RunningProgram program, int exitCode, Duration restartIn);

    /** It died too often; nothing more is done about it. */
    void givenUp(RunningProgram program, String reason);
}
