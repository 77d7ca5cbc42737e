package shop.checkout.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log files of one run; those of the run before are kept beside them. */
final class Logs {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";
    private static final Logger ROOT = Logger.getLogger("");

    private Logs() {}

    /** Sets the earlier run's files aside and sends what Kafka says in this JVM to {@code kafka.log}. */
    static void begin(Path folder) {
        try {
            Files.createDirectories(folder);
            try (var logs = Files.newDirectoryStream(folder, "*.log")) {
                for (var log : logs) {
                    Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            writeTo(folder.resolve("kafka.log"));
        } catch (IOException e) {
            throw new LauncherException("the logs in " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void writeTo(Path file) throws IOException {
        System.setProperty(FORMAT, "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        LogManager.getLogManager().reset();
        var handler = new FileHandler(file.toString().replace("%", "%%"));
        handler.setFormatter(new SimpleFormatter());
        ROOT.addHandler(handler);
        ROOT.setLevel(Level.WARNING);
    }
}
