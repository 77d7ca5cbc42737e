package shop.checkout.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;
import shop.checkout.codec.Headers;
import shop.checkout.message.SagaId;
import shop.checkout.message.TraceParent;

/** Log lines about a record say in fields of their own which saga and which trace it belongs to. */
final class RecordLog {

    private RecordLog() {}

    /** The same line with these fields; without that of the trace where the record does not say. */
    static LoggingEventBuilder about(ConsumerRecord<String, ?> kafkaRecord, LoggingEventBuilder line) {
        var ofSaga = line.addKeyValue(SagaId.LOG_FIELD, kafkaRecord.key());
        return Headers.text(kafkaRecord, Headers.TRACE_PARENT)
                .flatMap(TraceParent::of)
                .filter(_ ->
                        MDC.get(TraceParent.LOG_FIELD) == null) // the line would be lost if a field were there twice
                .map(trace -> ofSaga.addKeyValue(TraceParent.LOG_FIELD, trace.traceId()))
                .orElse(ofSaga);
    }
}
