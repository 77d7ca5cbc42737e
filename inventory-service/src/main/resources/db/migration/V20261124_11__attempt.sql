-- Which attempt of its saga the reservation stands for: a later one may begin anew once the one before is undone.
alter table reservation add column attempt integer not null default 1 check (attempt > 0);
