-- In which trace a message was received: its reply, which may come later, belongs to the same. Null: it is not traced.
alter table inbox add column traceparent text;
