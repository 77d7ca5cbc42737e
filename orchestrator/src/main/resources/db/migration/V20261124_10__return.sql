-- Which returns there are of an order. Written in the transaction that starts the return, never updated. A number is given
-- only once the return before was rejected, so that at most one return of an order is open or completed.
create table checkout_return (
    order_id   uuid        not null,
    number     integer     not null check (number > 0),
    return_id  uuid        not null unique, -- its saga
    created_at timestamptz not null default now(),
    primary key (order_id, number)
);

-- For counts of checkouts, from which sagas of other kinds are subtracted. A saga's definition never changes.
create index saga_other on saga (id) where definition <> 'checkout';
create index saga_other_rejected on saga (id) where status = 'REJECTED' and definition <> 'checkout';
