package shop.checkout.e2e.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what a page names and there is not: classes, tests and their methods, tables, columns, files, settings, meters, addresses, and
 * links that lead nowhere. Names stand in backticks or in blocks of code; what looks like none of these is not judged.
 */
final class DocsCheck {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```$");
    private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern TYPE =
            Pattern.compile("(?:[a-z]\\w*\\.)*(?=\\w*[a-z])([A-Z][A-Za-z0-9]*)(?:\\.([A-Za-z]\\w*))?(?:\\(.*\\))?");
    private static final Pattern FILE =
            Pattern.compile("[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*\\.(?:md|java|sql|ya?ml|xml|cfg|tla)");
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*/");
    private static final Pattern SETTING = Pattern.compile("(checkout(?:\\.[a-z0-9-]+)+)(?:=.*)?");
    private static final Pattern METER = Pattern.compile("relay(?:\\.[a-z]+)+|(?:relay|checkout)(?:_[a-z]+)+");
    private static final Pattern SNAKE = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Z]{3,}(?:_[A-Z]+)*");
    private static final Pattern VARIABLE = Pattern.compile("(?:CHECKOUT|SPRING|SERVER|MANAGEMENT)(?:_[A-Z]+)+");
    private static final Pattern SLOT = Pattern.compile("([a-z_]+)_outbox");
    private static final Pattern KEBAB = Pattern.compile("[a-z]+(?:-[a-z]+)+");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:(?:GET|POST|DELETE) )?(?:https?://)?(?:localhost:\\d+)?(/(?:api|actuator|ui)\\b[^\\s'\"]*)");
    private static final Pattern TABLES = Pattern.compile("\\btables? (`[a-z_]+`(?:(?:, | and )`[a-z_]+`)*)");
    private static final Pattern SQL = Pattern.compile("(?i)\\b(?:from|join|into|update) (?!on\\b)([a-z_]+)\\b(?!\\()");
    private static final Pattern TESTS = Pattern.compile("-D(?:it\\.)?test=([A-Za-z,]+)");
    private static final Pattern PROFILE = Pattern.compile("\\bmvn\\b.*? -P(\\w+)");
    private static final Pattern MODULES = Pattern.compile(" -pl ([a-z0-9,-]+)");
    private static final Pattern OPERATION = Pattern.compile("\"operation\": \"([a-z-]+)\"");

    /** Of PostgreSQL, Prometheus and HTTP, as far as our code does not name it. */
    private static final Set<String> ELSEWHERE = Set.of(
            "synchronized_standby_slots",
            "synchronous_standby_names",
            "synchronous_commit",
            "sync_replication_slots",
            "hot_standby_feedback",
            "max_slot_wal_keep_size",
            "idle_replication_slot_timeout",
            "max_replication_slots",
            "max_wal_senders",
            "wal_level",
            "archive_mode",
            "histogram_quantile",
            "NaN",
            "only-if-cached");

    private final Project project;
    private final Code code;
    private final String page;
    private final List<String> faults = new ArrayList<>();

    private DocsCheck(Project project, Code code, String page) {
        this.project = project;
        this.code = code;
        this.page = page;
    }

    /**
     * In sentences; none if there is all that the page names.
     *
     * @param page its path
     * @param text what it says
     */
    static List<String> faults(String page, String text, Project project, Code code) {
        var check = new DocsCheck(project, code, page);
        var prose = BLOCK.matcher(text).replaceAll("");
        LINK.matcher(prose).results().map(it -> it.group(1)).forEach(check::link);
        MODULES.matcher(text)
                .results()
                .map(it -> List.of(it.group(1).split(",")))
                .forEach(check::modules);
        if (!page.equals("docs/tutorial.md")) { // names what its reader is going to make, and has a check of its own
            SPAN.matcher(prose).results().map(it -> it.group(1)).forEach(check::span);
            TABLES.matcher(prose).results().map(it -> it.group(1)).forEach(check::tables);
            BLOCK.matcher(text).results().map(it -> it.group(1)).forEach(check::block);
        }
        return List.copyOf(check.faults);
    }

    private void link(String target) {
        if (target.matches("https?:.*")) {
            return;
        }
        var parts = target.split("#", 2);
        var file = parts[0].isEmpty() ? page : resolved(parts[0]);
        require(project.has(file), "file behind the link " + target);
        if (parts.length == 2 && file.endsWith(".md") && project.has(file)) {
            require(project.anchors(file).contains(parts[1]), "heading behind the link " + target);
        }
    }

    private void span(String span) {
        var type = TYPE.matcher(span);
        var setting = SETTING.matcher(span);
        var address = ADDRESS.matcher(span);
        if (FILE.matcher(span).matches()) {
            require(project.has(span) || project.has(resolved(span)) || project.hasNamed(span), "file " + span);
        } else if (type.matches()) {
            type(type.group(1), Optional.ofNullable(type.group(2)));
        } else if (FOLDER.matcher(span).matches()) {
            require(span.equals("data/") || span.contains("target/") || project.has(span), "folder " + span);
        } else if (address.matches()) {
            require(code.hasAddress(address.group(1)), "address " + span);
        } else if (setting.matches()) {
            require(code.hasProperty(setting.group(1)) || code.hasMeter(span), "setting, topic or meter " + span);
        } else if (METER.matcher(span).matches()) {
            require(code.hasMeter(span) || code.hasTable(span), "meter or table " + span);
        } else if (VARIABLE.matcher(span).matches()) {
            require(code.hasVariable(span), "variable " + span);
        } else if (SLOT.matcher(span).matches()) {
            require(project.has(span.replace("_outbox", "").replace('_', '-')), "slot " + span);
        } else if (SNAKE.matcher(span).matches() || KEBAB.matcher(span).matches()) {
            boolean elsewhere = ELSEWHERE.contains(span) || span.matches("(?:pg|kafka|jvm|hikaricp|http|process)_.*");
            require(elsewhere || code.hasWord(span), "such thing as " + span);
        }
    }

    private void type(String name, Optional<String> member) {
        if (name.matches(".*(?:Test|IT)")) {
            require(hasTest(name), "test " + name);
        } else {
            require(ELSEWHERE.contains(name) || code.hasType(name), "class " + name);
        }
        member.ifPresent(it -> require(code.hasMember(name, it), "member " + name + "." + it));
    }

    private boolean hasTest(String name) {
        return project.hasNamed(name + ".java");
    }

    private void tables(String names) {
        SPAN.matcher(names)
                .results()
                .map(it -> it.group(1))
                .forEach(name -> require(code.hasTable(name), "table " + name));
    }

    /** Maven would look elsewhere for what a module needs and is not built with it. */
    private void modules(List<String> modules) {
        for (var module : modules) {
            if (project.has(module + "/pom.xml")) {
                project.neededBy(module)
                        .forEach(it -> require(modules.contains(it), it + " beside " + module + " after -pl"));
            } else {
                faults.add(page + ": there is no module " + module);
            }
        }
    }

    private void block(String block) {
        SQL.matcher(block)
                .results()
                .map(it -> it.group(1))
                .filter(name -> !name.startsWith("pg_"))
                .forEach(name -> require(code.hasTable(name), "table " + name));
        TESTS.matcher(block)
                .results()
                .flatMap(it -> List.of(it.group(1).split(",")).stream())
                .filter(name -> !name.equals("NONE"))
                .forEach(name -> require(hasTest(name), "test " + name));
        PROFILE.matcher(block)
                .results()
                .map(it -> it.group(1))
                .forEach(name -> require(project.read("pom.xml").contains("<id>" + name + "</id>"), "profile " + name));
        OPERATION
                .matcher(block)
                .results()
                .map(it -> it.group(1))
                .forEach(name -> require(code.hasWord(name), "operation " + name));
        ADDRESS.matcher(block)
                .results()
                .map(it -> it.group(1))
                .forEach(path -> require(code.hasAddress(path), "address " + path));
    }

    private String resolved(String path) {
        return Path.of(page).resolveSibling(path).normalize().toString();
    }

    private void require(boolean exists, String what) {
        if (!exists) {
            faults.add(page + ": there is no " + what);
        }
    }
}
