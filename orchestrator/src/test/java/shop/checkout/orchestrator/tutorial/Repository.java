package shop.checkout.orchestrator.tutorial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project as the tutorial's reader finds it: its files, its modules, and the code that keeps the tutorial true. */
record Repository(Path root) {

    /** Their broken blocks are no code of the tutorial. */
    private static final Set<String> CHECKS = Set.of("TutorialTest.java", "TutorialCheck.java", "Repository.java");

    private static final List<String> TUTORIAL_CODE = List.of(
            "orchestrator/src/test/java/shop/checkout/orchestrator/tutorial",
            "orchestrator/src/test/java/shop/checkout/orchestrator/api/TutorialApi.java",
            "inventory-service/src/test/java/shop/checkout/inventory/tutorial",
            "inventory-service/src/test/java/shop/checkout/inventory/stock/TutorialMessaging.java");

    /** Seen from a module, where its tests run. */
    static Repository aroundModule() {
        return new Repository(Path.of("..").toAbsolutePath().normalize());
    }

    String read(String path) {
        return read(root.resolve(path));
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path).normalize());
    }

    boolean hasTest(String name) {
        return javaFiles(root).anyMatch(file -> file.endsWith(name + ".java") && isTest(file));
    }

    /** The texts of the files that the tutorial's blocks are taken from. */
    List<Source> tutorialCode() {
        return TUTORIAL_CODE.stream()
                .flatMap(path -> javaFiles(root.resolve(path)))
                .filter(file -> !CHECKS.contains(file.getFileName().toString()))
                .map(file -> new Source(file.getFileName().toString(), read(file)))
                .toList();
    }

    /** The texts of the orchestrator's controllers, and of the tutorial's. */
    String controllers() {
        var all = Stream.concat(
                javaFiles(root.resolve("orchestrator/src/main/java"))
                        .filter(file -> file.toString().endsWith("Controller.java"))
                        .map(Repository::read),
                tutorialCode().stream().map(Source::text));
        return all.collect(Collectors.joining("\n"));
    }

    /** A file of the tutorial's code. */
    record Source(String name, String text) {}

    private static boolean isTest(Path file) {
        return file.toString().contains("/src/test/java/");
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
