-- What became of each command to have goods fetched from a customer (see EffectTable). A row outlives the command's messages:
-- it is the barrier that keeps a late command from acting. A numbered attempt (schedule-pick-up#2) has a row of its own.
create table pick_up (
    saga_id        uuid        not null,              -- the return
    command        text        collate "C" not null,  -- with saga_id: the message key, and the key at the carrier
    state          text        not null
        check (state in ('PENDING', 'DONE', 'REFUSED', 'UNDOING', 'REVERSED', 'VOIDED', 'BLOCKED')),
    request        text,                              -- JSON: what and where; kept for a call that is repeated
    order_id       uuid        generated always as ((request::jsonb ->> 'orderId')::uuid) stored,
    receipt_id     text,                              -- the carrier's name for it
    receipt_number text,                              -- by which the customer knows it
    reversal       text,                              -- the carrier's name for the cancellation
    reason         text,                              -- why nothing is fetched there
    key_spent_at   timestamptz,                       -- since then the carrier's key tells no more
    hlc            bigint      not null,              -- of the last change
    revision       integer     not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null default now(),
    primary key (saga_id, command),
    check ((state = 'BLOCKED') = (request is null)),
    check ((receipt_id is null) = (receipt_number is null)),
    check (state not in ('DONE', 'REVERSED') or receipt_id is not null),
    check (state not in ('PENDING', 'REFUSED', 'VOIDED', 'BLOCKED') or receipt_id is null),
    check ((state = 'REVERSED') = (reversal is not null)),
    check ((state = 'REFUSED') = (reason is not null))
) with (fillfactor = 80);
create index pick_up_order on pick_up (order_id);

-- The evidence: every pick-up that was scheduled or cancelled, with the message that did it. Only ever inserted.
create table pick_up_ledger (
    seq         bigint      not null generated always as identity,
    saga_id     uuid        not null,              -- the return
    message     text        collate "C" not null,  -- with saga_id: the message key
    kind        text        not null check (kind in ('SCHEDULE', 'CANCEL')),
    reference   text        not null,              -- the carrier's name for it
    hlc         bigint      not null,
    recorded_at timestamptz not null default now(),
    cancels     text        collate "C" generated always as
        (case kind when 'CANCEL' then regexp_replace(message, '/undo$', '') end) stored,
    of_kind     text        generated always as (case kind when 'CANCEL' then 'SCHEDULE' end) stored,
    primary key (saga_id, message, kind),
    foreign key (saga_id, cancels, of_kind) references pick_up_ledger (saga_id, message, kind)
);

create function pick_up_ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'pick_up_ledger is append-only: % refused', tg_op;
end
$$;
create trigger pick_up_ledger_append_only before update or delete or truncate on pick_up_ledger
    for each statement execute function pick_up_ledger_is_append_only();
