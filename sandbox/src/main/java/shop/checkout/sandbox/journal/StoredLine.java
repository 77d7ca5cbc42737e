package shop.checkout.sandbox.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads one line of a file, wherever the file is being written to meanwhile. */
final class StoredLine {

    private static final int USUAL_LENGTH = 1024;

    private StoredLine() {}

    /** Throws {@link IOException} if no whole line follows the position. */
    static byte[] read(Path file, FileChannel channel, long position) throws IOException {
        var line = new ByteArrayOutputStream(USUAL_LENGTH);
        var chunk = ByteBuffer.allocate(USUAL_LENGTH);
        while (true) {
            var length = channel.read(chunk.clear(), position + line.size());
            if (length < 0) {
                throw new IOException("journal " + file + " has no whole line at byte " + position);
            }
            var end = lineFeed(chunk.array(), length);
            line.write(chunk.array(), 0, end);
            if (end < length) {
                return line.toByteArray();
            }
        }
    }

    private static int lineFeed(byte[] chunk, int length) {
        var end = 0;
        while (end < length && chunk[end] != '\n') {
            end++;
        }
        return end;
    }
}
