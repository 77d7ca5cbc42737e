package shop.checkout.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the pages name, there is. */
class DocsTest {

    private static final Project PROJECT = Project.find();
    private static final Code CODE = new Code(PROJECT);

    static List<String> pages() {
        return PROJECT.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesNothingThatThereIsNot(String page) {
        assertThat(DocsCheck.faults(page, PROJECT.read(page), PROJECT, CODE)).isEmpty();
    }

    @Test
    void everyPageIsLookedAt() {
        assertThat(pages())
                .contains(
                        "README.md",
                        "SECURITY.md",
                        "docs/concepts.md",
                        "docs/operations.md",
                        "docs/adr/0001-inbox-rows-are-written-after-the-handlers.md",
                        "docs/spec/README.md",
                        "sandbox/README.md");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            see `LeaseKeeperr`                          | class LeaseKeeperr
            see `shop.checkout.intent.Breakerss`        | class Breakerss
            see `RelayTest`                             | test RelayTest
            see `RelayIT.losesEverything`               | member RelayIT.losesEverything
            see `NoSuchTest.holds`                      | test NoSuchTest
            the table `saga_histories`                  | such thing as saga_histories
            the tables `saga` and `leases`              | table leases
            the state `NEEDS_INTENTION`                 | such thing as NEEDS_INTENTION
            the step `charge-payments`                  | such thing as charge-payments
            set `checkout.retention.outboxes`           | setting, topic or meter checkout.retention.outboxes
            set `checkout.consumer.max-batches=7`       | setting, topic or meter checkout.consumer.max-batches=7
            the variable `CHECKOUT_RELAY_USERNAMES`     | variable CHECKOUT_RELAY_USERNAMES
            the slot `dashboard_outbox`                 | slot dashboard_outbox
            the meter `relay_outbox_lags_seconds`       | meter or table relay_outbox_lags_seconds
            the file `docs/no-such.md`                  | file docs/no-such.md
            the folder `dashboards/`                    | folder dashboards/
            ask `GET /api/v1/sagaz/{id}`                | address GET /api/v1/sagaz/{id}
            ask `/actuator/relays`                      | address /actuator/relays
            see [it](adr/0099-nothing.md)               | file behind the link adr/0099-nothing.md
            see [it](tutorial.md#no-such-heading)       | heading behind the link tutorial.md#no-such-heading
            """)
    void findsWhatThereIsNot(String text, String missing) {
        assertThat(DocsCheck.faults("docs/page.md", text, PROJECT, CODE))
                .contains("docs/page.md: there is no " + missing);
    }

    @Test
    void findsWhatThereIsNotInBlocks() {
        var text = """
                ```
                mvn -q -Prunn -Dit.test=NoSuchIT
                psql -c "select * from sagas"
                mvn verify -pl common,commons
                curl localhost:8080/api/v1/checkoutz -d '{"operation": "retried-once"}'
                ```
                """;

        assertThat(DocsCheck.faults("docs/page.md", text, PROJECT, CODE))
                .containsExactlyInAnyOrder(
                        "docs/page.md: there is no profile runn",
                        "docs/page.md: there is no test NoSuchIT",
                        "docs/page.md: there is no test-servers beside common after -pl",
                        "docs/page.md: there is no module commons",
                        "docs/page.md: there is no table sagas",
                        "docs/page.md: there is no address /api/v1/checkoutz",
                        "docs/page.md: there is no operation retried-once");
    }

    @Test
    void theWorkflowRunsWhatEverybodyRuns() {
        var workflow = PROJECT.read(".github/workflows/ci.yml");

        assertThat(workflow).contains("\n      - run: .ci/run\n");
        assertThat(PROJECT.read("pom.xml")).contains("<java.version>" + javaVersion(workflow) + "</java.version>");
    }

    private static String javaVersion(String workflow) {
        return workflow.replaceAll("(?s).*\n *java-version: (\\d+)\n.*", "$1");
    }

    @Test
    void takesWhatThereIs() {
        var text = """
                `SagaMachine`, `Effect.happened`, `RelayIT.neverPublishesWhatWasRolledBack`, the table `saga_history`, `NEEDS_ATTENTION`,
                `mark-undone`, `checkout.retention.outbox`, `checkout.payment.gateway.intents.claim`, `checkout.replies`, `relay.failures`,
                `relay_outbox_lag_seconds`, `checkout_parking_now`, `CHECKOUT_PAYMENT_GATEWAY_APIKEY`, `payment_service_outbox`, `CooperativeStickyAssignor`, `NothingLost`, `.ci/`, `pom.xml`,
                `POST /api/v1/sagas/{id}/operations`, `localhost:8080/actuator/relay`, [a heading](spec/README.md#what-is-checked)
                """;

        assertThat(DocsCheck.faults("docs/page.md", text, PROJECT, CODE)).isEmpty();
    }
}
