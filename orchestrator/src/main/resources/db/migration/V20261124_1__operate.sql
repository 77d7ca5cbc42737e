-- The whole saga's deadline, what holds it up, and whether it is to set out again once it is undone.
alter table saga
    add column then_again      boolean     not null default false,
    add column deadline_at     timestamptz,                         -- null: it has none
    add column deadline_missed boolean     not null default false,  -- it could not turn back any more when it came
    add column held_by         text;                                -- the participant that does not answer, so that it waits
create index saga_held_by on saga (held_by, id) where held_by is not null;

-- Participants that do not answer: one row each while its circuit breaker is not closed, heeded by every replica.
create table participant_breaker (
    participant text        not null primary key,
    state       text        not null check (state in ('OPEN', 'PROBING', 'DRAINING')),
    since       timestamptz not null,
    until       timestamptz not null,
    openings    integer     not null,  -- since it was last closed
    released    bigint      not null   -- sagas let through in this state
);

-- What each definition promised to the sagas that were started with it.
create table saga_definition (
    name       text        not null,
    version    integer     not null,
    outline    text        not null,
    first_used timestamptz not null default now(),
    primary key (name, version)
);

-- Append-only: what people have done to sagas, and why. A row is written with what it tells.
create table audit (
    id              bigint      not null generated always as identity primary key,
    at              timestamptz not null default now(),
    hlc             bigint      not null,
    saga_id         uuid        not null,
    operation       text        not null,
    step            text,
    operator        text        not null,
    reason          text        not null check (reason <> ''),
    revision_before bigint      not null,
    status_before   text        not null,
    revision_after  bigint      not null,
    status_after    text        not null
);
create index audit_saga on audit (saga_id, id);

create function is_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op;
end
$$;
create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function is_append_only();
create trigger saga_history_append_only before update or delete or truncate on saga_history
    for each statement execute function is_append_only();
