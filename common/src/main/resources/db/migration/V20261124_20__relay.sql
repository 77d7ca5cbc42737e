-- Where the stored position and snapshot mean something: both count anew in a database that was restored from a dump.
alter table relay_position add column system_identifier bigint;
update relay_position set system_identifier = (select system_identifier from pg_control_system());

-- When the newest row that is published was written: newer ones are what operators see as the outbox's lag.
alter table relay_position add column published_until timestamptz;
