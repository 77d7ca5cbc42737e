package shop.checkout.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What operators are woken for, in monitoring/prometheus/rules, and the tests of these rules. */
record AlertRules(List<Rule> rules, List<Expectation> expectations) {

    private static final Path PLACE = Path.of("..", "monitoring", "prometheus");
    private static final YAMLMapper YAML = new YAMLMapper();

    record Rule(String alert, PromQl expression, String severity, String summary, String runbook) {}

    /** What a test wants of an alert: that it fires, or that it does not. */
    record Expectation(String alert, boolean fires) {}

    static AlertRules read() {
        var rules = documents("rules")
                .flatMap(it -> it.path("groups").valueStream())
                .flatMap(it -> it.path("rules").valueStream())
                .map(AlertRules::rule)
                .toList();
        var expectations = documents("tests")
                .flatMap(it -> it.path("tests").valueStream())
                .flatMap(it -> it.path("alert_rule_test").valueStream())
                .map(it -> new Expectation(
                        it.path("alertname").asString(), !it.path("exp_alerts").isEmpty()))
                .toList();
        return new AlertRules(rules, expectations);
    }

    List<String> names() {
        return rules.stream().map(Rule::alert).toList();
    }

    private static Rule rule(JsonNode rule) {
        return new Rule(
                rule.path("alert").asString(),
                new PromQl(rule.path("expr").asString()),
                rule.at("/labels/severity").asString(),
                rule.at("/annotations/summary").asString(),
                rule.at("/annotations/runbook_url").asString());
    }

    private static Stream<JsonNode> documents(String folder) {
        try (var files = Files.list(PLACE.resolve(folder))) {
            return files.sorted().map(file -> YAML.readTree(file.toFile())).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + PLACE.resolve(folder), e);
        }
    }
}
