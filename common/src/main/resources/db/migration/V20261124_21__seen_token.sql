-- The greatest fencing token accepted of each source in each partition: what comes later under a smaller one is refused.
create table seen_token (
    topic     text        not null,
    partition integer     not null,
    source    text        not null,
    token     bigint      not null,
    primary key (topic, partition, source)
);
