package shop.checkout.e2e.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's files, as they are committed: without what is built, downloaded or left by a run. */
final class Project {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", "data", ".idea", ".vscode");
    private static final Set<String> CODE =
            Set.of("java", "sql", "yml", "yaml", "xml", "tla", "cfg", "html", "js", "ts", "tsx", "run", "try-run");

    private static final Pattern NEEDED =
            Pattern.compile("<groupId>shop\\.checkout</groupId>\\s*<artifactId>([a-z0-9-]+)</artifactId>");

    private final Path root;
    private final TreeMap<String, Path> files = new TreeMap<>();

    private Project(Path root) {
        this.root = root;
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.put(root.relativize(file).toString(), file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
    }

    /** Looks for it from the module's folder upwards, wherever the tests are started. */
    static Project find() {
        var module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        for (var folder = module; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("README.md")) && Files.isDirectory(folder.resolve("docs"))) {
                return new Project(folder);
            }
        }
        throw new IllegalStateException("there is no README.md beside a folder docs in or above " + module);
    }

    /** The paths of all pages, from the root. */
    List<String> pages() {
        return files.keySet().stream().filter(path -> path.endsWith(".md")).toList();
    }

    /** The texts of all code, but not that of the checks here, whose examples name what there is not. */
    Stream<String> code(Predicate<String> path) {
        return files.keySet().stream()
                .filter(it -> CODE.contains(it.replaceFirst(".*[./]", "")))
                .filter(it -> !it.startsWith("e2e/src/test/java/shop/checkout/e2e/docs/"))
                .filter(path)
                .map(this::read);
    }

    /** Whether there is a file or a folder; the path may lead upwards. */
    boolean has(String path) {
        var normal = Path.of(path).normalize().toString();
        return normal.isEmpty() || files.containsKey(normal) || isFolder(normal);
    }

    boolean hasNamed(String name) {
        return files.keySet().stream().anyMatch(path -> path.endsWith("/" + name));
    }

    private boolean isFolder(String path) {
        var inside = files.ceilingKey(path + "/");
        return inside != null && inside.startsWith(path + "/");
    }

    String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The modules that a module needs, by its pom. */
    List<String> neededBy(String module) {
        return NEEDED.matcher(read(module + "/pom.xml"))
                .results()
                .map(it -> it.group(1))
                .filter(it -> !it.equals("checkout-saga"))
                .toList();
    }

    /** What links may lead to within a page: its headings, as GitHub names them. */
    Set<String> anchors(String page) {
        return read(page)
                .replaceAll("(?ms)^```.*?^```$", "")
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
