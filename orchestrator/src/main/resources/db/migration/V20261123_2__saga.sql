-- One row a saga, as it stands. Its past is in saga_history, what it sends in the outbox of the same transaction.
create table saga (
    id         uuid        not null primary key, -- a UUIDv7: newest first is "order by id desc"
    definition text        not null,
    version    integer     not null,
    status     text        not null check (status in ('RUNNING', 'COMPENSATING', 'COMPLETED', 'REJECTED', 'NEEDS_ATTENTION')),
    reason     text,                             -- for people: why it needs attention or is being undone
    rejection  text,                             -- why it is being or was undone; null on its way forward
    data       jsonb       not null,             -- what it knows: the record of its definition
    steps      text        not null,             -- how each step stands, as JSON
    revision   bigint      not null,             -- how many history entries it has
    hlc        bigint      not null,             -- greater than that of all it has caused
    wake_at    timestamptz,                      -- when to look at it at the latest; null once it has ended
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((wake_at is null) = (status in ('COMPLETED', 'REJECTED')))
) with (fillfactor = 50); -- three updates follow soon: room for each row's next version in its own page

-- wake_at is not moved by every reply (see SagaRun), so that these updates touch no index.
create index saga_wake_at on saga (wake_at) where wake_at is not null;

-- Append-only: everything that happened to a saga, what did not count included.
create table saga_history (
    saga_id uuid        not null,
    seq     bigint      not null, -- from 1, without gaps
    at      timestamptz not null default now(),
    hlc     bigint      not null,
    cause   text        not null, -- STARTED, REPLIED, TIME_CAME, CANCEL_REQUESTED
    verdict text        not null, -- APPLIED, IGNORED, REFUSED
    message text,                 -- of a reply: the name of the command that it answers
    reply   text,                 -- of a reply: its wire name
    status  text        not null, -- of the saga afterwards
    note    text,
    changes text        not null, -- JSON: [{"step": …, "phase": …, "send": …}]
    primary key (saga_id, seq)
);
