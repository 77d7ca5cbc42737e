-- An intent lives for moments: inserted, claimed, deleted. Who looks for what is due reads intent_due from its beginning, where the
-- entries of what is done lie until the table is vacuumed. By default that waits for a fifth of the rows, so a table that once was
-- long is swept slowly ever after.
alter table intent set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, vacuum_index_cleanup = on);
