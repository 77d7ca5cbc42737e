-- What became of each command to ship. A row outlives the command's messages: it is the barrier that keeps a late command
-- from acting. A numbered attempt (create-shipment#2) has a row of its own.
create table shipment (
    order_id        uuid        not null,
    command         text        collate "C" not null,  -- with order_id: the message key, and the key at the carrier
    state           text        not null
        check (state in ('PENDING', 'CREATED', 'UNDELIVERABLE', 'CANCELLING', 'CANCELLED', 'VOIDED', 'BLOCKED')),
    parcel          text,                              -- JSON: where to and what; kept for a call that is repeated
    carrier_id      text,                              -- the carrier's name for it
    tracking_number text,
    reason          text,                              -- why it cannot be delivered
    key_spent_at    timestamptz,                       -- since then the carrier's key tells no more
    hlc             bigint      not null,              -- of the last change
    revision        integer     not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null default now(),
    primary key (order_id, command),
    check ((state = 'BLOCKED') = (parcel is null)),
    check ((carrier_id is null) = (tracking_number is null)),
    check (state not in ('CREATED', 'CANCELLED') or carrier_id is not null),
    check (state not in ('PENDING', 'UNDELIVERABLE', 'VOIDED', 'BLOCKED') or carrier_id is null),
    check ((state = 'UNDELIVERABLE') = (reason is not null))
) with (fillfactor = 80);
create index shipment_state on shipment (state, order_id);

-- The evidence: every parcel that was handed over or called back, with the message that did it. Only ever inserted.
create table shipment_ledger (
    seq         bigint      not null generated always as identity,
    order_id    uuid        not null,
    message     text        collate "C" not null,  -- with order_id: the message key
    kind        text        not null check (kind in ('SHIP', 'CANCEL')),
    reference   text        not null,              -- the carrier's name for it
    hlc         bigint      not null,
    recorded_at timestamptz not null default now(),
    calls_back  text        collate "C" generated always as
        (case kind when 'CANCEL' then regexp_replace(message, '/undo$', '') end) stored,
    of_kind     text        generated always as (case kind when 'CANCEL' then 'SHIP' end) stored,
    primary key (order_id, message, kind),
    foreign key (order_id, calls_back, of_kind) references shipment_ledger (order_id, message, kind)
);

create function shipment_ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'shipment_ledger is append-only: % refused', tg_op;
end
$$;
create trigger shipment_ledger_append_only before update or delete or truncate on shipment_ledger
    for each statement execute function shipment_ledger_is_append_only();
