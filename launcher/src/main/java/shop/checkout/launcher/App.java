package shop.checkout.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import shop.checkout.embedded.Folders;

/**
 * A part's program, unpacked from its executable jar, and the start cache (JEP 483, 514) that belongs to it.
 *
 * <p>The folder is named after the jar's content and the JVM, so a new build or another JVM gets a folder, and later a cache, of its own.
 * The JVM compares the class path it runs with to that of the cache literally, hence the one fixed path of the jar.
 */
record App(Part part, Path folder) {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * Unpacks the jar below the folder, unless that was done before, and removes what earlier builds left there.
     *
     * @throws LauncherException when there is no such jar
     */
    static App unpacked(Part part, Path home, Path apps) {
        try {
            var jar = executableJar(part, home);
            var folder = Files.createDirectories(apps).resolve(part.module() + "-" + digest(jar));
            if (!Files.isDirectory(folder)) {
                removeEarlier(part, apps);
                unpack(part, jar, folder);
            }
            return new App(part, folder);
        } catch (IOException e) {
            throw new LauncherException(part.module() + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /**
     * Looks whether all parts were built.
     *
     * @throws LauncherException when one was not
     */
    static void requireBuilt(Path home) {
        for (var part : Part.values()) {
            executableJar(part, home);
        }
    }

    /** All parts, side by side. */
    static Map<Part, App> unpackedAll(Path home, Path apps) {
        return Stream.of(Part.values())
                .parallel()
                .map(part -> unpacked(part, home, apps))
                .collect(Collectors.toMap(App::part, app -> app));
    }

    /**
     * The command line up to and with the jar; made new at each start, because the cache may have come meanwhile.
     *
     * @param more flags of the JVM that outrank ours; with any, the start cache is not used, because a JVM whose heap is laid out otherwise
     *     than the cache's refuses to start
     */
    List<String> command(Purpose purpose, List<String> more) {
        var command = new ArrayList<String>();
        if (purpose != Purpose.RUN) {
            command.addAll(List.of("nice", "-n", "19"));
        }
        command.add(JAVA);
        command.addAll(flags());
        command.addAll(more);
        command.addAll(more.isEmpty() ? cacheFlags(purpose) : List.of());
        command.addAll(List.of("-jar", folder.resolve("app.jar").toString()));
        return List.copyOf(command);
    }

    boolean isTrained() {
        return Files.exists(cache());
    }

    /** Lets starts from now on use the cache that was assembled. */
    void adoptCache() throws IOException {
        Files.move(untriedCache(), cache());
        Files.deleteIfExists(recording());
    }

    private Path cache() {
        return folder.resolve("start.aot");
    }

    private Path untriedCache() {
        return folder.resolve("start.aot.new");
    }

    private Path recording() {
        return folder.resolve("start.aotconf");
    }

    /**
     * Five JVMs that start side by side on one small machine: the optimizing compiler would double the time they take to get
     * ready and slow the first minutes, for code that is a third faster afterwards.
     */
    private List<String> flags() {
        return List.of(
                part.isService() ? "-Xmx384m" : "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED");
    }

    private List<String> cacheFlags(Purpose purpose) {
        return switch (purpose) {
            case RUN -> isTrained() ? List.of("-XX:AOTCache=" + cache()) : List.of();
            case RECORD ->
                isTrained()
                        ? cacheFlags(Purpose.RUN)
                        : List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording());
            case ASSEMBLE ->
                List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording(), "-XX:AOTCache=" + untriedCache());
        };
    }

    private static Path executableJar(Part part, Path home) {
        var target = home.resolve(part.module()).resolve("target");
        if (Files.isDirectory(target)) {
            try (var jars = Files.newDirectoryStream(target, "*-exec.jar")) {
                for (var jar : jars) {
                    return jar;
                }
            } catch (IOException e) {
                throw new LauncherException(target + " cannot be read: " + e.getMessage(), e);
            }
        }
        throw new LauncherException("there is no " + target + "/*-exec.jar; build and start with: mvn -Prun");
    }

    /** Of names, sizes and checksums in the jar's directory, which is quick to read and the same for the same content. */
    private static String digest(Path jar) throws IOException {
        var content = new StringBuilder(System.getProperty("java.vm.version"));
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .forEach(entry -> content.append(entry.getName())
                            .append(entry.getSize())
                            .append('/')
                            .append(entry.getCrc())
                            .append('\n'));
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(content.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void removeEarlier(Part part, Path apps) throws IOException {
        try (var earlier = Files.newDirectoryStream(apps, part.module() + "-*")) {
            for (var folder : earlier) {
                Folders.delete(folder);
            }
        }
    }

    private static void unpack(Part part, Path jar, Path folder) throws IOException {
        var unpacking = folder.resolveSibling("unpacking-" + folder.getFileName());
        Folders.delete(unpacking);
        if (part.isService()) {
            BootJar.unpack(jar, unpacking);
        } else { // small, and one jar as it is
            Files.copy(jar, Files.createDirectories(unpacking).resolve("app.jar"));
        }
        Files.move(unpacking, folder);
    }
}
