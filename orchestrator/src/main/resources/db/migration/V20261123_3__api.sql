-- Under which keys clients have started checkouts. Written in the transaction that starts the saga; never updated;
-- kept for 48 hours (see IdempotencyKeys), then deleted.
create table idempotency_key (
    scope       text        not null, -- the operation (and, once they are known, the client)
    key         text        not null,
    fingerprint text        not null, -- SHA-256 of the payload as it was understood
    saga_id     uuid        not null,
    created_at  timestamptz not null default now(),
    primary key (scope, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- For lists and counts of the few that were rejected. Its rows come when a saga ends, which is no HOT update anyway.
create index saga_rejected on saga (id) where status = 'REJECTED';
