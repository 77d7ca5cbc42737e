package shop.checkout.sandbox.journal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Lines that share one force. Filled under the journal's lock; what is being written no longer changes. */
final class Batch {

    private final long start;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private final CountDownLatch settled = new CountDownLatch(1);
    private int lines;

    /** An empty batch that will be written to the file from this byte on. */
    Batch(long start) {
        this.start = start;
    }

    /** Returns the byte of the file that the line will begin at. */
    long append(byte[] line) {
        var position = end();
        bytes.write(line, 0, line.length);
        bytes.write('\n');
        lines++;
        return position;
    }

    int lines() {
        return lines;
    }

    /** The byte of the file that follows this batch. */
    long end() {
        return start + bytes.size();
    }

    boolean holds(long position) {
        return start <= position && position < end();
    }

    /** The line that begins at this byte of the file. */
    byte[] line(long position) {
        var all = bytes.toByteArray();
        var from = Math.toIntExact(position - start);
        var to = from;
        while (all[to] != '\n') {
            to++;
        }
        return Arrays.copyOfRange(all, from, to);
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /** Lets go all who wait: it has been forced or never will be. */
    void settle() {
        settled.countDown();
    }

    void awaitSettled() throws InterruptedException {
        settled.await();
    }
}
