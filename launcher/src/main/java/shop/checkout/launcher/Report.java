package shop.checkout.launcher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Says what becomes of the programs, keeps the files about them current, and ends the session when one cannot be kept alive. */
record Report(Console console, ProcessRecord processes, HandOff handOff, CompletableFuture<Void> end)
        implements Watcher {

    @Override
    public void started(RunningProgram program) {
        processes.add(program.program().name(), program.handle());
        handOff.running(program.program().name(), program.handle().pid());
    }

    @Override
    public void ready(RunningProgram program, Duration after) {
        console.say("  %-18s ready after %.1f s".formatted(program.program().name(), after.toMillis() / 1000.0));
    }

    @Override
    public void died(RunningProgram program, int exitCode, Duration restartIn) {
        console.say("%s (process %d) died with exit code %d; starting it again in %.1f s; its log: %s"
                .formatted(
                        program.program().name(),
                        program.handle().pid(),
                        exitCode,
                        restartIn.toMillis() / 1000.0,
                        program.program().log()));
    }

    @Override
    public void givenUp(RunningProgram program, String reason) {
        end.completeExceptionally(new LauncherException(program.program().name() + " died too often, last with "
                + reason + "; its log " + program.program().log() + " ends with:\n" + program.lastWords()));
    }
}
