package shop.checkout.sandbox.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a journal from its beginning and finds where its last whole line ends. */
final class LineScan {

    private final Path file;
    private final Journal.LineReader reader;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private long lines;
    private long whole;
    private @Nullable IllegalArgumentException refused;

    LineScan(Path file, Journal.LineReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /**
     * Hands every whole line to the reader and returns the length of the file without a torn last line: one without
     * its line feed, or one that the reader refuses and that nothing follows.
     *
     * @throws IOException if the reader refuses a line that others follow: no crash leaves that behind
     */
    long read(InputStream in) throws IOException {
        var buffer = new byte[1 << 16];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            take(buffer, read);
        }
        return whole;
    }

    private void take(byte[] buffer, int length) throws IOException {
        var start = 0;
        for (var i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                line.write(buffer, start, i - start);
                endOfLine();
                start = i + 1;
            }
        }
        line.write(buffer, start, length - start);
    }

    private void endOfLine() throws IOException {
        if (refused != null) {
            throw new IOException(
                    "line " + lines + " of journal " + file + " is damaged (" + refused.getMessage()
                            + "): restore the file or choose another folder",
                    refused);
        }
        lines++;
        try {
            reader.read(line.toByteArray(), whole);
            whole += line.size() + 1;
        } catch (IllegalArgumentException e) {
            refused = e;
        }
        line.reset();
    }
}
