package shop.checkout.e2e.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tlc2.TLC;

/** Runs TLC, each time in a JVM of its own, because it keeps its state in static fields and ends with {@code System.exit}. */
record ModelChecker(Path scratch, Duration limit) {

    /** Checks one configuration; all that TLC writes goes to the scratch folder. */
    Verdict check(Configuration configuration) throws IOException, InterruptedException {
        var folder = Files.createDirectories(scratch.resolve(configuration.name()));
        var module = configuration.module() + ".tla";
        Files.copy(configuration.file().resolveSibling(module), folder.resolve(module));
        Files.copy(configuration.file(), folder.resolve(configuration.name()));
        var output = folder.resolve("output");

        var process = new ProcessBuilder(command(configuration))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        configuration + " is not decided within " + limit + ":\n" + Specs.read(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Verdict(Specs.read(output));
    }

    private static List<String> command(Configuration configuration) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=.", // TLC unpacks its standard modules there
                "-classpath",
                System.getProperty("java.class.path"),
                TLC.class.getName(),
                "-workers",
                "2",
                "-nowarning",
                "-metadir",
                "states",
                "-config",
                configuration.name(),
                configuration.module());
    }
}
