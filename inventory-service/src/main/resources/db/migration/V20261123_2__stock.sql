-- What there is of each product. Always: available + reserved + sold = initial + restocked (by the ledger).
-- Rows are updated without end and no index has a changing column: room on the page keeps updates in place (HOT).
create table stock (
    sku       text   collate "C" not null primary key,
    name      text   not null check (name <> ''),
    price     bigint not null check (price >= 0),            -- in the smallest unit, such as cents
    currency  text   not null check (currency ~ '^[A-Z]{3}$'),
    initial   bigint not null check (initial >= 0),          -- never updated
    available bigint not null check (available >= 0),
    reserved  bigint not null default 0 check (reserved >= 0),
    sold      bigint not null default 0 check (sold >= 0)
) with (fillfactor = 20);

-- What became of an order here. A row outlives the order's messages: it is the barrier that keeps a late command from acting.
create table reservation (
    order_id    uuid        not null primary key,
    state       text        not null check (state in ('RESERVED', 'RELEASED', 'SOLD', 'REFUSED', 'BLOCKED')),
    total       bigint      check (total >= 0),
    currency    text,
    refusal     text        check (refusal in ('OUT_OF_STOCK', 'UNKNOWN_SKU')),
    refused_sku text,
    hlc         bigint      not null,  -- of the last change
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    check ((state in ('RESERVED', 'RELEASED', 'SOLD')) = (total is not null and currency is not null)),
    check ((state = 'REFUSED') = (refusal is not null and refused_sku is not null))
) with (fillfactor = 80);
create index reservation_state on reservation (state);

create table reservation_line (
    order_id uuid   not null references reservation,
    sku      text   collate "C" not null references stock,
    quantity bigint not null check (quantity > 0),
    primary key (order_id, sku)
);

-- The evidence: every movement of goods, with the message that moved them. Only ever inserted.
create table stock_ledger (
    saga_id     uuid        not null,  -- with message: the message key
    message     text        not null,
    sku         text        collate "C" not null references stock,
    kind        text        not null check (kind in ('RESERVE', 'RELEASE', 'SELL', 'RESTOCK')),
    quantity    bigint      not null check (quantity > 0),
    hlc         bigint      not null,
    recorded_at timestamptz not null default now(),
    primary key (saga_id, message, sku)
);

create function stock_ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'stock_ledger is append-only: % refused', tg_op;
end
$$;
create trigger stock_ledger_append_only before update or delete or truncate on stock_ledger
    for each statement execute function stock_ledger_is_append_only();
