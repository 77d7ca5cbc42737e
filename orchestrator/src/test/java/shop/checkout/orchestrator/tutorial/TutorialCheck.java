package shop.checkout.orchestrator.tutorial;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import shop.checkout.orchestrator.tutorial.Repository.Source;

/**
 * Finds what is not true in a tutorial: code that is not, line by line, in the files that are compiled and tested for it,
 * commands that name what does not exist, and links that lead nowhere.
 */
final class TutorialCheck {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern PATH = Pattern.compile("[a-z][a-z0-9.-]*/[A-Za-z0-9_./-]+");
    private static final Pattern ADDRESS = Pattern.compile("localhost:80(?:80|81)(/\\S*)");
    private static final Pattern JAR = Pattern.compile("([a-z-]+)/target/\\1-(.+)-exec\\.jar");

    private final Repository repository;
    private final List<String> faults = new ArrayList<>();

    private TutorialCheck(Repository repository) {
        this.repository = repository;
    }

    /** In sentences; none if all of it is true. */
    static List<String> faults(String markdown, Repository repository) {
        var check = new TutorialCheck(repository);
        BLOCK.matcher(markdown).results().forEach(check::block);
        LINK.matcher(BLOCK.matcher(markdown).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .forEach(check::link);
        return List.copyOf(check.faults);
    }

    private void block(MatchResult block) {
        switch (block.group(1)) {
            case "java", "sql", "json" -> code(block.group(2));
            case "sh" -> command(block.group(2));
            default -> faults.add("this block must say whether it is java, sql, json or sh: " + block.group(2));
        }
    }

    /** What is copied to several services must be the same in each. */
    private void code(String block) {
        var wanted = lines(block);
        var sources = repository.tutorialCode();
        var homes = sources.stream()
                .filter(source -> lines(source.text()).contains(wanted))
                .map(Source::name)
                .collect(Collectors.toSet());
        if (wanted.isBlank() || homes.isEmpty()) {
            faults.add("no file of the tutorial's code has these lines:\n" + block);
        }
        sources.stream()
                .filter(source ->
                        homes.contains(source.name()) && !lines(source.text()).contains(wanted))
                .forEach(source -> faults.add("another " + source.name() + " does not have these lines:\n" + block));
    }

    private static String lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("package ") && !line.startsWith("import "))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private void command(String block) {
        var words = WORD.matcher(block.replace("\\\n", " "))
                .results()
                .map(word -> word.group().replace("'", "").replace("\"", ""))
                .toList();
        for (int i = 0; i < words.size(); i++) {
            word(i == 0 ? "" : words.get(i - 1), words.get(i));
        }
    }

    private void word(String before, String word) {
        var address = ADDRESS.matcher(word);
        var jar = JAR.matcher(word);
        if (before.equals("-pl")) {
            List.of(word.split(",")).forEach(module -> require(isModule(module), "module " + module));
        } else if (word.startsWith("-P")) {
            require(pom().contains("<id>" + word.substring(2) + "</id>"), "profile " + word.substring(2));
        } else if (word.startsWith("-D")) {
            property(word.substring(2));
        } else if (jar.matches()) {
            require(isModule(jar.group(1)) && pom().contains("<version>" + jar.group(2) + "</version>"), word);
        } else if (JAR.matcher(before).matches()) {
            require(repository.read(deployCheck()).contains("\"" + word + "\""), "command " + word);
        } else if (address.matches()) {
            address(address.group(1));
        } else if (PATH.matcher(word).matches() && !word.startsWith("application/")) {
            require(repository.has(word), "file " + word);
        }
    }

    private void property(String property) {
        var nameAndValue = property.split("=", 2);
        switch (nameAndValue[0]) {
            case "test" ->
                List.of(nameAndValue[1].split(",")).forEach(test -> require(repository.hasTest(test), "test " + test));
            case "launcher.args" -> {
                for (var option : nameAndValue[1].split(" ")) {
                    require(launcherOptions().contains("\n  " + option.replaceFirst("=.*", "=")), "option " + option);
                }
            }
            case "surefire.failIfNoSpecifiedTests" -> {}
            default -> faults.add("there is no property " + property);
        }
    }

    /** Each word of it must be in the path of some controller. */
    private void address(String path) {
        var controllers = repository.controllers();
        for (var part : path.substring(1).split("/")) {
            var mapped = Pattern.compile("/" + Pattern.quote(part) + "[/\"]");
            require(part.startsWith("$") || mapped.matcher(controllers).find(), "address " + path);
        }
    }

    private void link(String target) {
        require(repository.has("docs/" + target.replaceFirst("#.*", "")), "file behind the link " + target);
    }

    private void require(boolean exists, String what) {
        if (!exists) {
            faults.add("there is no " + what);
        }
    }

    private boolean isModule(String name) {
        return pom().contains("<module>" + name + "</module>");
    }

    private String pom() {
        return repository.read("pom.xml");
    }

    private String launcherOptions() {
        return repository
                .read("launcher/src/main/java/shop/checkout/launcher/Options.java")
                .replaceAll("\n +", "\n  ");
    }

    private static String deployCheck() {
        return "orchestrator/src/main/java/shop/checkout/orchestrator/DeployCheckCommand.java";
    }
}
