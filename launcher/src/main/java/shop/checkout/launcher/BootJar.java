package shop.checkout.launcher;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * An executable jar as Spring Boot packages it. Unpacked it starts faster, and only then can a start cache be made.
 *
 * <p>It does what the jar's own {@code -Djarmode=tools extract} does, without a JVM for it, which would take longer than all the rest.
 *
 * @see <a href="https://docs.spring.io/spring-boot/specification/executable-jar/nested-jars.html">Spring Boot: nested jars</a>
 */
final class BootJar {
    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";
    private static final String META = "META-INF/";
    private static final String META_OF_THE_LOADER = "META-INF/services/";
    private static final String CLASS_PATH_INDEX = "BOOT-INF/classpath.idx";
    private static final Attributes.Name START_CLASS = new Attributes.Name("Start-Class");

    private BootJar() {}

    /**
     * Makes {@code app.jar} with the program in the folder, and {@code lib} with what its manifest names as class path.
     *
     * @throws IOException when the file is no such jar or cannot be copied
     */
    static void unpack(Path file, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        try (var jar = new JarFile(file.toFile());
                var program = new JarOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve("app.jar"))), manifest(jar))) {
            for (var entry : jar.stream().toList()) {
                var name = entry.getName();
                if (name.startsWith(CLASSES) && !name.equals(CLASSES)) {
                    copy(jar, entry, name.substring(CLASSES.length()), program);
                } else if (isMeta(name)) {
                    copy(jar, entry, name, program);
                } else if (name.startsWith(LIBRARIES) && !entry.isDirectory()) {
                    try (var library = jar.getInputStream(entry)) {
                        Files.copy(library, folder.resolve("lib").resolve(name.substring(LIBRARIES.length())));
                    }
                }
            }
        }
    }

    /** What the program has itself stays where it was; the services are those of Spring Boot's loader. */
    private static boolean isMeta(String name) {
        return name.startsWith(META)
                && !name.equals(META)
                && !name.equals(JarFile.MANIFEST_NAME)
                && !name.startsWith(META_OF_THE_LOADER);
    }

    /** Folders too: class path scanning needs their entries. */
    private static void copy(JarFile jar, JarEntry entry, String name, JarOutputStream program) throws IOException {
        program.putNextEntry(new JarEntry(name));
        try (var content = jar.getInputStream(entry)) {
            content.transferTo(program);
        }
        program.closeEntry();
    }

    private static Manifest manifest(JarFile jar) throws IOException {
        var manifest = new Manifest(jar.getManifest());
        var main = manifest.getMainAttributes();
        if (!(main.remove(START_CLASS) instanceof String startClass)) {
            throw noBootJar(jar, "Start-Class");
        }
        main.put(Attributes.Name.MAIN_CLASS, startClass);
        main.put(Attributes.Name.CLASS_PATH, classPath(jar));
        return manifest;
    }

    /** A line of the index looks like {@code - "BOOT-INF/lib/some.jar"}. */
    private static String classPath(JarFile jar) throws IOException {
        var index = jar.getEntry(CLASS_PATH_INDEX);
        if (index == null) {
            throw noBootJar(jar, CLASS_PATH_INDEX);
        }
        try (var lines = jar.getInputStream(index)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.substring(line.indexOf(LIBRARIES) + LIBRARIES.length(), line.lastIndexOf('"')))
                    .map(library -> "lib/" + library)
                    .collect(Collectors.joining(" "));
        }
    }

    private static IOException noBootJar(JarFile jar, String missing) {
        return new IOException(jar.getName() + " is no executable jar of Spring Boot: it has no " + missing);
    }
}
