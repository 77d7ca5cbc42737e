-- Append-only: what people have done to parked messages, and why. A row is written with what it tells.
create table parking_audit (
    id            bigint      not null generated always as identity primary key,
    at            timestamptz not null default now(),
    hlc           bigint      not null,
    operation     text        not null check (operation in ('release', 'discard')),
    operator      text        not null,
    reason        text        not null check (reason <> ''),
    parked_id     bigint      not null,
    topic         text        not null,
    partition     integer     not null,
    "offset"      bigint      not null,
    record_key    text,
    message_key   text,
    headers       jsonb       not null,
    payload       bytea,                 -- of a discarded message: it is nowhere else any more
    parked_at     timestamptz not null,
    parked_reason text        not null,
    attempts      integer     not null
);
create index parking_audit_key on parking_audit (record_key, id);

create or replace function is_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op;
end
$$;
create trigger parking_audit_append_only before update or delete or truncate on parking_audit
    for each statement execute function is_append_only();
