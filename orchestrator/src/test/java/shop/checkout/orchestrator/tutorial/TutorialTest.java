package shop.checkout.orchestrator.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tutorial says nothing that is not so. */
class TutorialTest {

    private static final Repository REPOSITORY = Repository.aroundModule();
    private static final String TUTORIAL = REPOSITORY.read("docs/tutorial.md");

    @Test
    void allCodeIsTestedAndAllThatIsNamedExists() {
        assertThat(TutorialCheck.faults(TUTORIAL, REPOSITORY)).isEmpty();
    }

    @Test
    void readsEveryKindOfBlock() {
        assertThat(TUTORIAL).contains("```java\n", "```sql\n", "```json\n", "```sh\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .asks(CHARGE)                | .asks(CHARGES)                 | no file of the tutorial's code has these lines
            .retriable((voucher, _)      | .retriable(1, (voucher, _)     | no file of the tutorial's code has these lines
            order_id uuid   not null     | order_id text   not null       | no file of the tutorial's code has these lines
            "amount":"249.00"            | "amount":"250.00"              | no file of the tutorial's code has these lines
            -pl embedded,test-servers    | -pl embedded,tests-servers    | there is no module tests-servers
            -Prun                        | -Pruns                         | there is no profile runs
            -Dtest=VoucherSagaTest       | -Dtest=VoucherSagasTest        | there is no test VoucherSagasTest
            -Dsurefire.failIfNoSpecified | -Dsurefire.failIfNotSpecified  | there is no property surefire.failIfNotSpecifiedTests
            deploy-check                 | deploy-checks                  | there is no command deploy-checks
            localhost:8080/api/v1/sagas  | localhost:8080/api/v1/saga     | there is no address /api/v1/saga/
            tutorial/Voucher.java)       | tutorial/Vouchers.java)        | there is no file behind the link
            ```sql                       | ```                            | this block must say whether it is
            """)
    void findsWhatIsWrong(String right, String wrong, String fault) {
        var broken = TUTORIAL.replace(right, wrong);

        assertThat(broken).isNotEqualTo(TUTORIAL);
        assertThat(TutorialCheck.faults(broken, REPOSITORY))
                .anySatisfy(it -> assertThat(it).startsWith(fault));
    }

    @Test
    void findsFilesAndOptionsThatDoNotExist() {
        var tutorial = """
                ```sh
                cat docs/no-such-file.md
                mvn -Prun -Dlauncher.args="--port=8080 --potr=8080"
                java -jar orchestrator/target/orchestrator-9.9-exec.jar deploy-check
                ```
                """;

        assertThat(TutorialCheck.faults(tutorial, REPOSITORY))
                .isEqualTo(List.of(
                        "there is no file docs/no-such-file.md",
                        "there is no option --potr=8080",
                        "there is no orchestrator/target/orchestrator-9.9-exec.jar"));
    }

    @Test
    void findsAnEmptyBlockOfCode() {
        assertThat(TutorialCheck.faults("```java\nimport java.util.List;\n```\n", REPOSITORY))
                .hasSize(1);
    }
}
