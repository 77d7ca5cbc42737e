package shop.checkout.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The directions in which code may depend on code. Each rule says what to do when it is broken. */
class ArchitectureTest {

    private static final String[] MODULES = {
        "common",
        "orchestrator",
        "inventory-service",
        "payment-service",
        "shipping-service",
        "sandbox",
        "embedded",
        "test-servers",
        "launcher",
        "benchmark"
    };

    private static final String ORCHESTRATOR = "shop.checkout.orchestrator..";
    private static final String[] PARTICIPANTS = {
        "shop.checkout.inventory..", "shop.checkout.payment..", "shop.checkout.shipping.."
    };
    private static final String[] FRAMEWORKS = {
        "org.springframework..",
        "jakarta.persistence..",
        "org.hibernate..",
        "org.apache.kafka..",
        "java.sql..",
        "javax.sql.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Stream.of(MODULES)
                    .map(module -> Path.of("..", module, "target", "classes"))
                    .toList());

    static Stream<ArchRule> rules() {
        return Stream.of(directions(), layersOfCommon(), layersOfOrchestrator(), purity(), craft())
                .flatMap(List::stream);
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .contains(
                        "shop.checkout.message",
                        "shop.checkout.orchestrator.saga",
                        "shop.checkout.inventory.stock",
                        "shop.checkout.payment.charge",
                        "shop.checkout.shipping.shipment",
                        "shop.checkout.launcher",
                        "shop.checkout.benchmark");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static List<ArchRule> directions() {
        return List.of(
                noClasses()
                        .that()
                        .resideInAnyPackage(ORCHESTRATOR)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(PARTICIPANTS)
                        .because("services talk by messages only: put what both need into common's contract"),
                slices().matching("shop.checkout.(inventory|payment|shipping)..")
                        .should()
                        .notDependOnEachOther()
                        .because("participants know only common: put what both need into common's contract"),
                neverUses(
                        "the launcher is a tool around the product: move what is needed into a module of its own",
                        new String[] {"shop.checkout.."},
                        "shop.checkout.launcher.."),
                neverUses(
                        "the benchmark looks at the product from outside: nothing may need it",
                        new String[] {"shop.checkout.."},
                        "shop.checkout.benchmark.."),
                neverUses(
                        "the sandbox stands for somebody else: talk to it by HTTP",
                        new String[] {"shop.checkout.."},
                        "shop.checkout.sandbox.."),
                slices().matching("shop.checkout.(**)")
                        .should()
                        .beFreeOfCycles()
                        .because(
                                "a cycle means that two packages are one, or that one piece sits in the wrong place: move it"));
    }

    private static List<ArchRule> layersOfCommon() {
        return List.of(
                only("shop.checkout.message", "the vocabulary stands on nothing"),
                only("shop.checkout.contract..", "a contract knows only the vocabulary", "shop.checkout.message"),
                neverUses(
                        "shop.checkout.participant.. or boot is what stands on top, so turn the dependency around",
                        new String[] {
                            "shop.checkout.outbox", "shop.checkout.inbox", "shop.checkout.lease", "shop.checkout.codec",
                            "shop.checkout.parking", "shop.checkout.intent", "shop.checkout.relay",
                                    "shop.checkout.resilience"
                        },
                        "shop.checkout.participant",
                        "shop.checkout.boot"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("shop.checkout.boot")
                        .and()
                        .haveSimpleNameNotEndingWith(
                                "Application") // whose main method may run one of its commands instead
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("shop.checkout.boot")
                        .because("boot wires the others and is wired by nobody: pass what is needed to a constructor"));
    }

    private static List<ArchRule> layersOfOrchestrator() {
        return List.of(
                neverUses(
                        "the core is pure: decide here, do in engine",
                        new String[] {"shop.checkout.orchestrator.saga"},
                        "shop.checkout.orchestrator.checkout",
                        "shop.checkout.orchestrator.returns",
                        "shop.checkout.orchestrator.engine",
                        "shop.checkout.orchestrator.breaker",
                        "shop.checkout.orchestrator.api"),
                neverUses(
                        "a breaker knows participants by name and no sagas: what to do about it is engine's business",
                        new String[] {"shop.checkout.orchestrator.breaker"},
                        "shop.checkout.orchestrator.saga",
                        "shop.checkout.orchestrator.engine",
                        "shop.checkout.orchestrator.api",
                        "shop.checkout.orchestrator.operations"),
                neverUses(
                        "the engine runs any saga: what only one kind needs belongs into checkout or returns",
                        new String[] {"shop.checkout.orchestrator.engine"},
                        "shop.checkout.orchestrator.checkout",
                        "shop.checkout.orchestrator.returns",
                        "shop.checkout.orchestrator.api",
                        "shop.checkout.orchestrator.operations",
                        "shop.checkout.orchestrator.page"));
    }

    private static List<ArchRule> purity() {
        return List.of(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "shop.checkout.message",
                                "shop.checkout.contract..",
                                "shop.checkout.orchestrator.saga",
                                "shop.checkout.orchestrator.checkout",
                                "shop.checkout.orchestrator.returns")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FRAMEWORKS)
                        .because(
                                "business and vocabulary need no framework: do it in engine, or in the service's own package"),
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "shop.checkout.message", "shop.checkout.contract..", "shop.checkout.orchestrator.saga")
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID")
                        .because("the core gets time and ids from its caller: take them as parameters"));
    }

    private static List<ArchRule> craft() {
        return List.of(
                classes()
                        .that()
                        .areAnnotatedWith("jakarta.persistence.Entity")
                        .should()
                        .notBePublic()
                        .because("an entity is its package's own business: offer a record or a method instead"),
                classes()
                        .that()
                        .areAnnotatedWith("org.springframework.context.annotation.Configuration")
                        .should()
                        .notBePublic()
                        .because("nobody but Spring needs a configuration class: drop `public`"),
                classes()
                        .that()
                        .areAssignableTo("org.springframework.data.repository.Repository")
                        .should()
                        .notBePublic()
                        .because("a table belongs to one package: offer a method of a class beside the repository"),
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "shop.checkout.launcher..", "shop.checkout.sandbox..", "shop.checkout.embedded..")
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID")
                        .because("time and ids come from outside: take a Clock or an id as a parameter"),
                classes()
                        .that()
                        .haveSimpleNameEndingWith("Impl")
                        .should()
                        .haveModifier(JavaModifier.ABSTRACT)
                        .allowEmptyShould(true)
                        .because("an interface for a single implementation is one type too many: drop it"));
    }

    private static ArchRule only(String who, String remedy, String... others) {
        var allowed = Stream.concat(Stream.of(who, "java..", "org.jspecify.annotations"), Stream.of(others))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .because(remedy);
    }

    private static ArchRule neverUses(String remedy, String[] who, String... what) {
        return noClasses()
                .that(resideInAnyPackage(who).and(not(resideInAnyPackage(what))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(what)
                .because(remedy);
    }
}
