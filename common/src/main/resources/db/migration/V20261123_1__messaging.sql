-- Messages out: written in the business transaction, carried to Kafka by the relay, never updated.
-- Partitioned by time (its id is a UUIDv7), so that old rows go by dropping a partition.
create table outbox (
    id             uuid        not null default uuidv7(),
    aggregatetype  text        not null,  -- the topic
    aggregateid    uuid        not null,  -- the saga, which is the record key
    type           text        not null,  -- the wire name
    payload        text        not null,
    name           text        not null,  -- with aggregateid: the message key
    cause          text,
    reply_to       text,
    send           integer     not null,
    hlc            bigint      not null,
    traceparent    text,
    created_at     timestamptz not null default now(),
    transaction_id xid8        not null default pg_current_xact_id(),
    primary key (id)
) partition by range (id);
create table outbox_rest partition of outbox default;

-- Only what the relay needs, and only inserts; the root stands for all partitions.
create publication outbox
    for table outbox (id, aggregatetype, aggregateid, type, payload, name, cause, reply_to, send, hlc, traceparent, created_at)
    with (publish = 'insert', publish_via_partition_root = true);

-- Messages in: a row says that its message has been acted on, and what was answered.
-- Partitioned by the birth time inside the saga id (a UUIDv7), so that a late duplicate meets the old row.
create table inbox (
    saga_id       uuid        not null,
    name          text        not null,
    received_at   timestamptz not null default now(),
    reply_to      text,                  -- the topic that awaits the answer; null for an event
    send          integer     not null,  -- the highest send number received
    answered      integer     not null,  -- the highest send number answered; 0 while there is no answer
    reply_type    text,
    reply_payload text,
    primary key (saga_id, name)
) partition by range (saga_id);
create table inbox_rest partition of inbox default;

-- Messages that could not be handled: kept as they arrived, retried when due.
create table parked_message (
    topic       text        not null,
    partition   integer     not null,
    "offset"    bigint      not null,
    record_key  text,
    message_key text,
    headers     jsonb       not null,
    payload     bytea,
    reason      text        not null,
    attempts    integer     not null default 0,
    parked_at   timestamptz not null default now(),
    due_at      timestamptz not null,
    primary key (topic, partition, "offset")
);
create index parked_message_due on parked_message (due_at);
create index parked_message_key on parked_message (topic, record_key);

-- Remote effects that are still to be called or settled: swept when due by every replica.
create table intent (
    saga_id    uuid        not null,
    name       text        not null,  -- of the command that asks for it
    attempts   integer     not null default 0,
    due_at     timestamptz not null,  -- a claim moves it past the longest call
    created_at timestamptz not null default now(),
    last_error text,
    primary key (saga_id, name)
);
create index intent_due on intent (due_at);

-- Who runs the relay: one row a purpose; the token grows with every change of owner and is never handed out twice.
create table lease (
    name       text        not null primary key,
    owner      text        not null,
    token      bigint      not null,
    expires_at timestamptz not null
);

-- How far the relay has published; written only under the lease (`where token = mine`).
create table relay_position (
    slot         text        not null primary key,
    token        bigint      not null,
    lsn          pg_lsn      not null,
    published_at timestamptz not null,
    published    pg_snapshot           -- all transactions visible in it are published; null before the first is known
);
