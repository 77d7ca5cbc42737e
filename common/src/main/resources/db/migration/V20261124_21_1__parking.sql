-- Parked messages of one record key form a queue: what comes later stays behind, and only its head is tried again.
alter table parked_message
    add column id        bigint not null generated always as identity,
    add column overtakes text[] not null default '{}';  -- message keys: itself, and what it makes needless

update parked_message
   set overtakes = array[message_key, regexp_replace(message_key, '/undo(/by-hand)?(?=/reply$|$)', '')]
 where message_key is not null;

create unique index parked_message_id on parked_message (id);
drop index parked_message_key;
create index parked_message_key on parked_message (topic, record_key, "offset");
drop index parked_message_due;
create index parked_message_due on parked_message (topic, due_at);
