-- In which trace its start was asked for: all that it says belongs to the same. Null: it is not traced. Never updated.
alter table saga add column traceparent text;
