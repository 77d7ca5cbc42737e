package shop.checkout.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The last words of a log file, for error messages. */
public final class LogTail {
    private static final int LINES = 20;
    private static final int BYTES = 8_192;

    private LogTail() {}

    /** At most twenty lines, without reading the whole file; a sentence when there is nothing. */
    public static String of(Path log) throws IOException {
        if (!Files.exists(log) || Files.size(log) == 0) {
            return "(nothing)";
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                    .collect(Collectors.joining("\n"));
        }
    }
}
