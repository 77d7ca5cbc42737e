package shop.checkout.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Starts programs that a terminal's Ctrl-C does not reach and that do not outlive this JVM.
 *
 * <p>A child gets a session of its own ({@code setsid}) and, where {@code setpriv} exists, is sent a signal by the kernel when this JVM dies
 * in whatever way. The kernel ties a child to the <em>thread</em> that started it (prctl(2), PR_SET_PDEATHSIG), so all of them are
 * started by one thread that never ends. Where the programs are missing a child is started plainly.
 */
public final class Children {
    private static final Optional<Path> SETSID = find("setsid");
    private static final Optional<Path> SETPRIV = find("setpriv");
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("process-starter").daemon().factory());

    private Children() {}

    /** The command line that lets the kernel send {@code signal} (as in {@code KILL}) to the program once this JVM is dead. */
    public static List<String> tied(String signal, List<String> command) {
        return SETPRIV.map(setpriv -> prefixed(List.of(setpriv.toString(), "--pdeathsig", signal, "--"), command))
                .orElse(command);
    }

    /**
     * Starts the program in a session of its own. The process id is that of the program. One that does not exist may show only by exit code 127.
     *
     * @throws IOException when it cannot be started
     */
    public static Process start(ProcessBuilder program) throws IOException {
        SETSID.ifPresent(setsid -> program.command(prefixed(List.of(setsid.toString()), program.command())));
        try {
            return STARTER.submit(program::start).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "interrupted while starting " + program.command().getLast(), e);
        }
    }

    static List<String> prefixed(List<String> prefix, List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return List.copyOf(all);
    }

    private static Optional<Path> find(String program) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
