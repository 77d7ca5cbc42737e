-- The service makes and drops the partitions of days while it runs, which only the owner of a table may do. So that it need not be the
-- owner, these two act for the owner and do nothing else. Who may call them is granted by whoever makes the roles.
create function make_daily_partition(parent text, day date, first_id uuid, end_id uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    partition text := parent || to_char(day, '_YYYYMMDD');
begin
    execute format('create table %I (like %I including defaults including constraints including storage)', partition, parent);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, partition, first_id, end_id);
end
$$;

create function drop_daily_partition(parent text, day date) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    partition text := parent || to_char(day, '_YYYYMMDD');
begin
    if not exists (select from pg_inherits
                    where inhrelid = to_regclass(quote_ident(partition)) and inhparent = to_regclass(quote_ident(parent))) then
        raise exception '% is no partition of %', partition, parent using errcode = 'undefined_table';
    end if;
    execute format('drop table %I', partition);
end
$$;

revoke all on function make_daily_partition, drop_daily_partition from public;
