package shop.checkout.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootJarTest {

    @TempDir
    Path folder;

    @Test
    void partsTheProgramFromItsLibraries() throws Exception {
        var jar = jar(
                Map.of("Main-Class", "the.Loader", "Start-Class", "shop.Main", "Implementation-Version", "7"),
                "META-INF/services/a.service.of.the.Loader",
                "META-INF/maven/pom.properties",
                "the/Loader.class",
                "BOOT-INF/classes/",
                "BOOT-INF/classes/shop/",
                "BOOT-INF/classes/shop/Main.class",
                "BOOT-INF/classes/META-INF/services/a.service.of.the.Program",
                "BOOT-INF/lib/",
                "BOOT-INF/lib/b.jar",
                "BOOT-INF/lib/a.jar");

        BootJar.unpack(jar, folder.resolve("app"));

        assertThat(content(folder.resolve("app/app.jar")))
                .containsExactly(
                        Map.entry("META-INF/MANIFEST.MF", "shop.Main; lib/b.jar lib/a.jar; 7"),
                        Map.entry("META-INF/maven/pom.properties", "content of META-INF/maven/pom.properties"),
                        Map.entry("shop/", ""),
                        Map.entry("shop/Main.class", "content of BOOT-INF/classes/shop/Main.class"),
                        Map.entry(
                                "META-INF/services/a.service.of.the.Program",
                                "content of BOOT-INF/classes/META-INF/services/a.service.of.the.Program"));
        assertThat(folder.resolve("app/lib/a.jar")).hasContent("content of BOOT-INF/lib/a.jar");
        assertThat(folder.resolve("app/lib/b.jar")).hasContent("content of BOOT-INF/lib/b.jar");
    }

    @Test
    void saysWhichJarIsNoneOfBoot() throws Exception {
        var jar = jar(Map.of("Main-Class", "shop.Main"), "shop/Main.class");

        assertThatThrownBy(() -> BootJar.unpack(jar, folder.resolve("app")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(jar + " is no executable jar of Spring Boot");
    }

    private Path jar(Map<String, String> attributes, String... entries) throws IOException {
        var file = folder.resolve("some-exec.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        try (var out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (var entry : entries) {
                add(out, entry, entry.endsWith("/") ? "" : "content of " + entry);
            }
            add(out, "BOOT-INF/classpath.idx", "- \"BOOT-INF/lib/b.jar\"\n- \"BOOT-INF/lib/a.jar\"\n");
        }
        return file;
    }

    private static void add(JarOutputStream out, String name, String content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content.getBytes(UTF_8));
    }

    /** The text of each entry; of the manifest, what the launcher depends on. */
    private static Map<String, String> content(Path jar) throws IOException {
        var content = new LinkedHashMap<String, String>();
        try (var file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().toList()) {
                content.put(
                        entry.getName(), new String(file.getInputStream(entry).readAllBytes(), UTF_8));
            }
            var main = file.getManifest().getMainAttributes();
            content.put(
                    JarFile.MANIFEST_NAME,
                    String.join(
                            "; ",
                            main.getValue("Main-Class"),
                            main.getValue("Class-Path"),
                            main.getValue("Implementation-Version")));
        }
        return content;
    }
}
