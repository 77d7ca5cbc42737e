package shop.checkout.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import shop.checkout.Arrived;
import shop.checkout.codec.Headers;
import shop.checkout.message.TraceParent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a collector of logs in the Elastic Common Schema, which containers write, can find a line by. */
class RecordLogTest {

    private static final String SAGA = Arrived.newSaga().toString();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logger log = logger();

    @Test
    void namesSagaAndTraceInFieldsOfTheirOwn() {
        var about = kafkaRecord(Map.of(Headers.TRACE_PARENT, TRACE_PARENT));

        RecordLog.about(about, log.atError().setCause(new IllegalStateException("poison")))
                .log("Parked {}", 7);

        var line = line();
        assertThat(line.at("/saga/id").asString()).isEqualTo(SAGA);
        assertThat(line.at("/trace/id").asString()).isEqualTo(TRACE);
        assertThat(line.path("message").asString()).isEqualTo("Parked 7");
        assertThat(line.at("/log/level").asString()).isEqualTo("ERROR");
        assertThat(line.at("/service/name").asString()).isEqualTo("payment-service");
        assertThat(line.at("/error/message").asString()).isEqualTo("poison");
    }

    @Test
    void namesNoTraceWhereTheRecordHasNone() {
        RecordLog.about(kafkaRecord(Map.of(Headers.TRACE_PARENT, "nonsense")), log.atWarn())
                .log("failed again");

        assertThat(line().at("/saga/id").asString()).isEqualTo(SAGA);
        assertThat(line().has("trace")).isFalse();
    }

    @Test
    void isNotLostWhenTheRequestThatIsAnsweredHasATraceToo() {
        try (var _ = MDC.putCloseable(TraceParent.LOG_FIELD, "of the request")) {
            RecordLog.about(kafkaRecord(Map.of(Headers.TRACE_PARENT, TRACE_PARENT)), log.atWarn())
                    .log("failed again");
        }

        assertThat(line().at("/saga/id").asString()).isEqualTo(SAGA);
        assertThat(line().at("/trace/id").asString()).isEqualTo("of the request");
    }

    private static ConsumerRecord<String, byte[]> kafkaRecord(Map<String, String> headers) {
        return Arrived.with("payment.commands", SAGA, "{}", headers);
    }

    private JsonNode line() {
        return JsonMapper.shared().readTree(written.toString(UTF_8));
    }

    /** As Spring Boot sets it up when {@code logging.structured.format.console} is {@code ecs}. */
    private Logger logger() {
        var context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        context.putObject(
                Environment.class.getName(),
                new MockEnvironment().withProperty("spring.application.name", "payment-service"));
        var encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat("ecs");
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        var logger = context.getLogger(RecordLogTest.class);
        logger.addAppender(appender);
        return logger;
    }
}
