package shop.checkout.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import shop.checkout.embedded.EmbeddedPostgres;
import shop.checkout.embedded.Folders;

/** The folder that keeps everything between runs, held by one launcher at a time. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "launcher.lock";

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder if absent and holds it until {@link #close} or the end of this process.
     *
     * @throws LauncherException when another launcher holds it, or when it is some other folder with files in it
     */
    static DataFolder open(Path chosen) {
        var folder = chosen.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            refuseForeign(folder);
            var channel = FileChannel.open(
                    folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                var owner = Files.readString(folder.resolve(LOCK)).strip();
                channel.close();
                throw new LauncherException("another launcher (process " + owner + ") uses the data folder " + folder
                        + "; stop it, or choose another folder with --data=DIR and other ports with --port=N");
            }
            channel.truncate(0)
                    .write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new LauncherException("the data folder " + folder + " cannot be used: " + e, e);
        }
    }

    /** Forgets databases, topics and logs; what only makes the start faster stays. */
    void clear() {
        try {
            EmbeddedPostgres.stopLeftover(postgres());
            for (var part : List.of(postgres(), kafka(), sandbox(), logs())) {
                Folders.delete(part);
            }
        } catch (IOException e) {
            throw new LauncherException("the data folder " + folder + " cannot be emptied: " + e, e);
        }
    }

    Path path() {
        return folder;
    }

    Path postgres() {
        return folder.resolve("postgresql");
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path sandbox() {
        return folder.resolve("sandbox");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    /** Unpacked services and their start caches. */
    Path apps() {
        return folder.resolve("apps");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /** Keeps {@code --data=/home/me --fresh} from harm. */
    private static void refuseForeign(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            if (!Files.exists(folder.resolve(LOCK)) && files.findAny().isPresent()) {
                throw new LauncherException(folder
                        + " holds files that are not the launcher's; choose an empty or new folder with --data=DIR");
            }
        }
    }
}
