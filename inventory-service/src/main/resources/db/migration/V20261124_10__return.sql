-- Goods that were sold and came back are for sale again. They go on counting as sold: the books only ever grow, so that what
-- is always true stays true: available + reserved + sold = initial + restocked.
alter table stock
    add column restocked bigint not null default 0 check (restocked >= 0),
    add constraint stock_comes_back_once check (restocked <= sold);

alter table reservation
    drop constraint reservation_state_check,
    add constraint reservation_state_check
        check (state in ('RESERVED', 'RELEASED', 'SOLD', 'RETURNED', 'REFUSED', 'BLOCKED')),
    drop constraint reservation_check,
    add constraint reservation_check
        check ((state in ('RESERVED', 'RELEASED', 'SOLD', 'RETURNED')) = (total is not null and currency is not null));
