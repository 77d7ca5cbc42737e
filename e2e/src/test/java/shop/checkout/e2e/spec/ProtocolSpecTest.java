package shop.checkout.e2e.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every protocol does what it promises, and each of its rules is needed: without it a promise is broken. */
class ProtocolSpecTest {

    private static final Specs SPECS = Specs.find();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path scratch;

    static List<Configuration> configurations() {
        return SPECS.configurations();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void isAsItsFirstLineSays(Configuration configuration) throws Exception {
        var verdict = new ModelChecker(scratch, LIMIT).check(configuration);

        assertThat(verdict.violated(configuration.properties()))
                .as(verdict.output())
                .isEqualTo(configuration.violates().stream().toList());
        assertThat(verdict.isClean()).as(verdict.output()).isEqualTo(configuration.mustHold());
        if (configuration.mustHold()) {
            var states =
                    String.format(Locale.ROOT, "%,d", verdict.distinctStates().orElseThrow());
            System.out.printf("%s: %s distinct states%n", configuration, states);
            assertThat(rowOf(configuration)).as("README.md's number of states").contains("| " + states + " |");
        }
    }

    @Test
    void everyModuleHoldsAndCanFail() {
        var modules = Set.copyOf(SPECS.modules());

        assertThat(modules).contains("Saga", "Lease", "Relay");
        assertThat(modulesWhere(Configuration::mustHold)).isEqualTo(modules);
        assertThat(modulesWhere(configuration -> !configuration.mustHold())).isEqualTo(modules);
    }

    @Test
    void everyConfigurationIsExplained() {
        assertThat(SPECS.configurations())
                .allSatisfy(configuration -> assertThat(rowOf(configuration)).isNotEmpty());
    }

    private static Set<String> modulesWhere(Predicate<Configuration> condition) {
        return SPECS.configurations().stream()
                .filter(condition)
                .map(Configuration::module)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String rowOf(Configuration configuration) {
        return SPECS.readme()
                .lines()
                .filter(line -> line.startsWith("| `" + configuration.name() + "` |"))
                .findFirst()
                .orElse("");
    }
}
