package shop.checkout.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Lines for the person at the terminal, and one line below them that is written over again and again. */
final class Console {
    private static final String CLEAR_LINE = "\r\u001b[K";

    /** Without a terminal the progress becomes ordinary lines, but few. */
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean terminal;
    private String progress = "";
    private Instant nextPlain = Instant.MIN;

    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Console ofThisProcess() {
        var console = System.console();
        return new Console(System.out, console != null && console.isTerminal());
    }

    synchronized void say(String text) {
        out.println(terminal && !progress.isEmpty() ? CLEAR_LINE + text : text);
        if (terminal) {
            out.print(progress);
        }
        out.flush();
    }

    synchronized void progress(String line, Instant now) {
        if (terminal) {
            progress = line;
            out.print(CLEAR_LINE + line);
            out.flush();
        } else if (!now.isBefore(nextPlain)) {
            nextPlain = now.plus(PLAIN_INTERVAL);
            say(line);
        }
    }

    /** The last progress stays to be read; what follows is written below it. */
    synchronized void endProgress() {
        if (!progress.isEmpty()) {
            progress = "";
            out.println();
        }
    }
}
