-- What no record carries need not be sent: the relay would take each id and time apart only to drop them.
alter publication outbox set table
    outbox (aggregatetype, aggregateid, type, payload, name, cause, reply_to, send, hlc, traceparent);
