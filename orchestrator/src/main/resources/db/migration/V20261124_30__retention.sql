-- Sagas and their history are kept (docs/adr/0009). Who looks for sagas that are due reads saga_wake_at from its beginning, where the
-- entries of sagas that have ended lie until the table is vacuumed: measured, 275 pages each time for a hundred thousand of them, 2
-- pages afterwards. By default that waits for a fifth of all rows, and may leave out the indexes: the more sagas there have
-- been, the longer.
alter table saga set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 100000, vacuum_index_cleanup = on);

-- The same with keys that are forgotten, the oldest first.
alter table idempotency_key set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000, vacuum_index_cleanup = on);
