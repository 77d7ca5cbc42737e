package shop.checkout.sandbox.journal;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of lines. A line counts once {@link #awaitForced()} has returned after it was appended: it then
 * survives the end of the process and of the machine. One force serves all lines that came in while the last one ran.
 *
 * <p>A process killed while writing leaves at most one torn line, the last one, which nobody was told about; it is cut
 * off when the file is opened again. A file is used by one process at a time.
 *
 * <p>A line is known by its position, the byte of the file it begins at, and can be read back by it as soon as it was
 * appended.
 *
 * <p>If the disk refuses a write, the journal is broken for good: every wait from then on throws, because what is in
 * memory and what is on the disk no longer agree.
 */
public final class Journal implements AutoCloseable {

    /** Takes back a line that was written by an earlier run. */
    @FunctionalInterface
    public interface LineReader {
        /** Throws {@link IllegalArgumentException} if the line is none that was ever written. */
        void read(byte[] line, long position);
    }

    /** How long a busy journal lets a batch fill: a force costs more than a line, and a few ms are not felt. */
    private static final Duration GATHERING = Duration.ofMillis(1);

    private final Path file;
    private final FileChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Thread writer;
    // no line has a position in either of these
    private Batch filling = new Batch(Long.MAX_VALUE);
    private Batch writing = new Batch(Long.MAX_VALUE);
    private boolean closed = true;
    private volatile @Nullable IOException broken;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.writing.settle();
        this.writer = Thread.ofPlatform().name("journal").unstarted(this::writeBatches);
    }

    /**
     * Opens the file, making it if need be; {@link #replay} comes next.
     *
     * @throws IOException if the file cannot be used or another process uses it; the text says which
     */
    public static Journal open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file, channel);
            return new Journal(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Hands every whole line in the file to the reader, in order, then lets lines be appended after them.
     *
     * @throws IOException if the file cannot be read or the reader refuses a line in its middle
     */
    public void replay(LineReader reader) throws IOException {
        var whole = new LineScan(file, reader).read(Channels.newInputStream(channel));
        channel.truncate(whole);
        channel.position(whole);
        lock.lock();
        try {
            filling = new Batch(whole);
            closed = false;
        } finally {
            lock.unlock();
        }
        writer.start();
    }

    /**
     * Appends a line, which must not contain a line feed, and returns its position. Lines are kept in the order of
     * these calls.
     */
    public long append(byte[] line) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("journal " + file + " is not open: replay it first");
            }
            if (filling.lines() == 0) {
                arrived.signal();
            }
            return filling.append(line);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The line at this position, from memory while it is on its way to the disk; may be called during a replay.
     *
     * @throws IOException if the file cannot be read or the line never got into it
     */
    public byte[] read(long position) throws IOException {
        var onItsWay = onItsWay(position);
        return onItsWay.isPresent() ? onItsWay.get() : StoredLine.read(file, channel, position);
    }

    /**
     * Returns when every line appended before this call is on the disk; at once if there is none on its way.
     *
     * @throws IOException if the disk has refused a write, this one or an earlier one
     */
    public void awaitForced() throws IOException {
        try {
            newestBatch().awaitSettled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for journal " + file, e);
        }
        var failure = broken;
        if (failure != null) {
            throw new IOException("journal " + file + " can no longer be written: " + failure.getMessage(), failure);
        }
    }

    /** Whether the disk has refused a write. */
    public boolean isBroken() {
        return broken != null;
    }

    /** Writes what was appended, then lets go of the file. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // the same process holds it: as bad as another one
        }
        throw new IOException("journal " + file + " is in use: stop the process that uses it or choose another folder");
    }

    private Batch newestBatch() {
        lock.lock();
        try {
            return filling.lines() > 0 ? filling : writing;
        } finally {
            lock.unlock();
        }
    }

    private Optional<byte[]> onItsWay(long position) {
        lock.lock();
        try {
            return Stream.of(filling, writing)
                    .filter(batch -> batch.holds(position))
                    .map(batch -> batch.line(position))
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    private void writeBatches() {
        var busy = false;
        while (true) {
            if (busy) {
                LockSupport.parkNanos(GATHERING.toNanos());
            }
            var batch = nextBatch();
            if (batch.lines() == 0) {
                return;
            }
            write(batch);
            busy = batch.lines() > 1;
        }
    }

    /** The lines that came in since the last batch; none only when the journal is closed. */
    private Batch nextBatch() {
        lock.lock();
        try {
            while (filling.lines() == 0 && !closed) {
                arrived.awaitUninterruptibly();
            }
            if (filling.lines() > 0) {
                writing = filling;
                filling = new Batch(writing.end());
                return writing;
            }
            return filling;
        } finally {
            lock.unlock();
        }
    }

    private void write(Batch batch) {
        try {
            if (broken == null) {
                var bytes = batch.content();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            }
        } catch (IOException e) {
            broken = e;
        } finally {
            batch.settle();
        }
    }
}
