-- What became of each command to give an order's money back because its goods come back (see EffectTable). It is never undone.
create table return_refund (
    saga_id        uuid        not null,              -- the return
    command        text        collate "C" not null,  -- with saga_id: the message key, and the key at the provider
    state          text        not null check (state in ('PENDING', 'DONE', 'REFUSED')),
    request        text        not null,              -- JSON: how much of which charge
    order_id       uuid        not null generated always as ((request::jsonb ->> 'orderId')::uuid) stored,
    receipt_id     text,                              -- the provider's name for the refund
    receipt_number text,
    reversal       text        check (reversal is null),
    reason         text,                              -- why it was refused
    key_spent_at   timestamptz,
    hlc            bigint      not null,              -- of the last change
    revision       integer     not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null default now(),
    primary key (saga_id, command),
    check ((state = 'DONE') = (receipt_id is not null)),
    check ((state = 'REFUSED') = (reason is not null))
) with (fillfactor = 80);

-- An order's money is given back by one return at most, whoever asks.
create unique index return_refund_once on return_refund (order_id) where state <> 'REFUSED';

-- A third kind of movement: money given back because goods came back. Its message belongs to the return's saga, and it names
-- the capture that it gives back. As with a refund, that it is no larger is checked where the charge keeps both sums.
alter table payment_ledger
    drop constraint payment_ledger_kind_check,
    add constraint payment_ledger_kind_check check (kind in ('CAPTURE', 'REFUND', 'RETURN')),
    add column return_id  uuid,                    -- of a RETURN: with message, the message key
    add column returns    text collate "C",        -- of a RETURN: the message that took the money
    add column of_capture text generated always as (case kind when 'RETURN' then 'CAPTURE' end) stored,
    add check ((kind = 'RETURN') = (return_id is not null)),
    add check ((kind = 'RETURN') = (returns is not null)),
    add foreign key (order_id, returns, of_capture) references payment_ledger (order_id, message, kind);
