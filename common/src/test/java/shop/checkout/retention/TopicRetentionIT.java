package shop.checkout.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import shop.checkout.TestDatabase;
import shop.checkout.consumer.OwnTopic;
import shop.checkout.servers.TestServers;

class TopicRetentionIT {

    private static final String BOOTSTRAP = TestServers.shared().kafka().bootstrapServers();
    private static final RetentionSettings USUAL = settings(Duration.ofDays(14));

    private final String topic = "retention." + UUID.randomUUID();

    @Test
    void knowsHowLongOurOwnTopicsKeepARecord() throws Exception {
        make(OwnTopic.named(topic));

        assertThat(asking(BOOTSTRAP).kept()).isEqualTo(Map.of(topic, Duration.ofDays(8)));
    }

    @Test
    void leavesOutWhatDoesNotExistYet() {
        assertThat(asking(BOOTSTRAP).kept()).isEmpty();
    }

    @Test
    void startsWithWhatServicesAreGivenByDefault() throws Exception {
        make(OwnTopic.named(topic));

        retention(USUAL).check();
    }

    @Test
    void refusesToStartWithAnInboxThatForgetsTooSoon() throws Exception {
        make(OwnTopic.named(topic));

        assertThatThrownBy(() -> retention(settings(Duration.ofDays(11))).check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Topic " + topic
                        + " keeps a record for up to PT192H (retention.ms and segment.ms), and the outbox"
                        + " one for PT72H; with a margin of PT24H the inbox must remember for PT288H, but"
                        + " checkout.retention.inbox is PT264H. Raise checkout.retention.inbox to that, or lower the topic's"
                        + " retention.ms or segment.ms.");
    }

    @Test
    void countsTheSegmentsOfATopicThatNobodyHasConfigured() throws Exception {
        make(new NewTopic(topic, 1, (short) 1));

        assertThatThrownBy(() -> retention(USUAL).check())
                .hasMessageContaining(topic + " keeps a record for up to PT336H");
    }

    @Test
    void refusesToStartWithATopicThatForgetsNothing() throws Exception {
        make(new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "-1")));

        assertThatThrownBy(() -> retention(USUAL).check())
                .hasMessageContaining(topic + " keeps its records for ever")
                .hasMessageContaining("at most 864000000 (PT240H)");
    }

    @Test
    void refusesToStartWithATopicThatIsCompacted() throws Exception {
        make(new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));

        assertThatThrownBy(() -> retention(USUAL).check()).hasMessageContaining("keeps its records for ever");
    }

    @Test
    void keepsTheInboxWholeWhenATopicHasBeenChangedSinceTheStart() throws Exception {
        make(new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "-1")));

        try (var database = new TestDatabase()) {
            database.commit(() -> database.jdbc().update("""
                    insert into inbox (saga_id, name, send, answered, received_at)
                    values (uuidv7(interval '-40 days'), 'charge-payment', 1, 0, now() - interval '40 days')
                    """));
            retention(USUAL, database).forget();
            assertThat(database.texts("select name from inbox")).containsExactly("charge-payment");

            configure("retention.ms", "1000");
            configure("segment.ms", "1000");
            await().until(() -> asking(BOOTSTRAP).kept().equals(Map.of(topic, Duration.ofSeconds(2))));
            retention(USUAL, database).forget();
            assertThat(database.texts("select name from inbox")).isEmpty();
        }
    }

    @Test
    void saysThatKafkaDoesNotTell() {
        assertThatThrownBy(() -> asking("127.0.0.1:1").kept())
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(topic);
    }

    private Retention retention(RetentionSettings settings) {
        return retention(settings, TestDatabase.emptied());
    }

    private Retention retention(RetentionSettings settings, TestDatabase database) {
        return new Retention(
                settings,
                "no_such_slot",
                List.of(topic),
                Map.of("bootstrap.servers", BOOTSTRAP),
                database.jdbc(),
                database.transaction(),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    private TopicRetention asking(String bootstrap) {
        return new TopicRetention(
                Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", "2000", "request.timeout.ms", "1000"),
                List.of(topic));
    }

    private static RetentionSettings settings(Duration inbox) {
        return new RetentionSettings(
                Duration.ofDays(3), inbox, Duration.ofDays(1), Duration.ofHours(1), Duration.ofMillis(100));
    }

    /** Until the broker, which hears of it from the controller, knows it too. */
    private void make(NewTopic newTopic) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", BOOTSTRAP))) {
            admin.createTopics(List.of(newTopic)).all().get();
            await().until(() -> !asking(BOOTSTRAP).kept().isEmpty());
        }
    }

    private void configure(String name, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", BOOTSTRAP))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
        }
    }
}
