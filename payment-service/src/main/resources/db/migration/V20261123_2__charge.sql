-- What became of each command to take money. A row outlives the command's messages: it is the barrier that keeps a late
-- command from acting. A numbered attempt (charge-payment#2) has a row of its own.
create table charge (
    order_id     uuid        not null,
    command      text        collate "C" not null,  -- with order_id: the message key, and the key at the provider
    state        text        not null
        check (state in ('PENDING', 'CHARGED', 'DECLINED', 'REFUNDING', 'REFUNDED', 'VOIDED', 'BLOCKED')),
    method       text,                              -- the provider's token
    amount       bigint      check (amount >= 0),   -- in the smallest unit, such as cents
    currency     text        check (currency ~ '^[A-Z]{3}$'),
    payment_id   text,
    charge_id    text,                              -- the provider's name for the capture
    refund_id    text,
    reason       text,                              -- why it was declined
    key_spent_at timestamptz,                       -- since then the provider's key tells no more
    captured     bigint      not null default 0,
    refunded     bigint      not null default 0,
    hlc          bigint      not null,              -- of the last change
    revision     integer     not null default 1,
    created_at   timestamptz not null,
    updated_at   timestamptz not null default now(),
    primary key (order_id, command),
    check ((state = 'BLOCKED') = (method is null and amount is null and currency is null)),
    check (captured in (0, amount) and refunded between 0 and captured),
    check ((payment_id is null) = (charge_id is null)),
    check (state not in ('CHARGED', 'REFUNDED') or payment_id is not null),
    check (state not in ('PENDING', 'DECLINED', 'VOIDED', 'BLOCKED') or payment_id is null),
    check (payment_id is not null or captured = 0),
    check ((state = 'REFUNDED') = (refund_id is not null)),
    check (refund_id is not null or refunded = 0),
    check ((state = 'DECLINED') = (reason is not null))
) with (fillfactor = 80);
create index charge_state on charge (state, order_id);

-- The evidence: every movement of money, with the message that moved it. Only ever inserted.
-- A refund names the capture that it gives back; that it is no larger is checked where the charge keeps both sums.
create table payment_ledger (
    seq         bigint      not null generated always as identity,
    order_id    uuid        not null,
    message     text        collate "C" not null,  -- with order_id: the message key
    kind        text        not null check (kind in ('CAPTURE', 'REFUND')),
    amount      bigint      not null check (amount >= 0),
    currency    text        not null,
    reference   text        not null,              -- the provider's name for it
    hlc         bigint      not null,
    recorded_at timestamptz not null default now(),
    gives_back  text        collate "C" generated always as
        (case kind when 'REFUND' then regexp_replace(message, '/undo$', '') end) stored,
    of_kind     text        generated always as (case kind when 'REFUND' then 'CAPTURE' end) stored,
    primary key (order_id, message, kind),
    foreign key (order_id, gives_back, of_kind) references payment_ledger (order_id, message, kind)
);

create function payment_ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'payment_ledger is append-only: % refused', tg_op;
end
$$;
create trigger payment_ledger_append_only before update or delete or truncate on payment_ledger
    for each statement execute function payment_ledger_is_append_only();
