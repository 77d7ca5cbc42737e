------------------------------- MODULE Relay ------------------------------
(***************************************************************************)
(* How the relay publishes every committed outbox row, even if PostgreSQL  *)
(* loses the replication slot, which remembers what has been published.    *)
(*                                                                         *)
(* Transactions write one outbox row each. Their ids are handed out when   *)
(* they begin, but they commit in any order; the record of a commit is in  *)
(* the log a moment before other sessions see its row. So neither an id    *)
(* nor a look at the table tells which rows lie behind a log position.     *)
(*                                                                         *)
(* With the position up to which all is published, the relay stores a      *)
(* snapshot S that is proven: the rows of every transaction visible in it  *)
(* are published. A candidate is taken with the log's end W at its time;   *)
(* it is proven once the published position has passed W.                  *)
(*                                                                         *)
(* The slot may be lost at any moment, and somebody may make it anew. A    *)
(* slot that is gone, or ahead of the stored position, is not the one that *)
(* was confirmed. Then the relay makes the slot if need be, waits until    *)
(* all transactions under way have ended, publishes the rows that are not  *)
(* visible in S, and only then reads the log. Between the takeover and the *)
(* first read there is time to lose the slot once more, and a reader makes *)
(* a missing slot without a word: so it is looked at again when opened.    *)
(*                                                                         *)
(* Stands for: Takeover, Slot, Republication, Position, Publishing, and    *)
(* how OutboxEngine opens the slot.                                        *)
(*                                                                         *)
(* Leaves out: several leaders (see Lease), the order of what is published *)
(* from the table, rows older than the retention, Kafka (a row that is not *)
(* acknowledged is not published, and the run begins anew).                *)
(***************************************************************************)
EXTENDS Integers, Sequences

CONSTANTS
    Transactions, \* their ids are 1..Transactions
    MaxFaults,    \* how often the slot is lost or the relay crashes
    BySnapshot,   \* else the table is published by id: rows with a greater one than the last published
    ProvesFirst,  \* S is stored once it is proven, not when it is taken
    WaitsForOlder, \* the table is read when all transactions under way have ended
    LooksAgain    \* a slot is compared with the stored position when it is opened, too

VARIABLES
    next,      \* the next transaction's id
    active,    \* transactions whose end is not visible yet
    log,       \* the committed ones, in the order of their commit records
    slot,      \* up to which log position the slot is confirmed, or Gone
    position,  \* the relay's row: the published log position, and S
    relay,     \* what it is about to do
    run,       \* what it has in memory
    published, \* the transactions whose rows are in Kafka
    faults

vars == <<next, active, log, slot, position, relay, run, published, faults>>
database == <<next, active, log>>

Gone == -1
None == [snapshot |-> {}, end |-> -1]
Fresh == [start |-> 0, bound |-> 0, read |-> 0, noted |-> 0, candidate |-> None]

Committed == {log[k]: k \in 1..Len(log)}
\* As others see it now: all that have begun and ended. Of these, the committed ones have rows.
Snapshot == (1..next - 1) \ active
Later(a, b) == IF a > b THEN a ELSE b
LastId == CHOOSE x \in published \union {0}: \A y \in published: x >= y

TypeOK ==
    /\ slot \in {Gone} \union 0..Len(log)
    /\ position.lsn \in 0..Len(log) /\ position.proven \subseteq 1..Transactions
    /\ relay \in {"takes over", "waits", "reads table", "begins", "opens", "streams"}

---------------------------------------------------------------------------
\* The database

Begin ==
    /\ next <= Transactions
    /\ next' = next + 1
    /\ active' = active \union {next}
    /\ UNCHANGED <<log, slot, position, relay, run, published, faults>>

Commit(x) ==
    /\ x \in active \ Committed
    /\ log' = Append(log, x)
    /\ UNCHANGED <<next, active, slot, position, relay, run, published, faults>>

\* Visibly; one that has not committed is rolled back.
End(x) ==
    /\ x \in active
    /\ active' = active \ {x}
    /\ UNCHANGED <<next, log, slot, position, relay, run, published, faults>>

\* A reader loses the slot together with its connection.
LoseSlot ==
    /\ slot # Gone /\ faults < MaxFaults
    /\ slot' = Gone
    /\ relay' = IF relay = "streams" THEN "takes over" ELSE relay
    /\ faults' = faults + 1
    /\ UNCHANGED <<database, position, run, published>>

SomebodyMakesSlot ==
    /\ slot = Gone
    /\ slot' = Len(log)
    /\ UNCHANGED <<database, position, relay, run, published, faults>>

---------------------------------------------------------------------------
\* Takeover and Republication

TakeOver ==
    /\ relay = "takes over"
    /\ slot' = IF slot = Gone THEN Len(log) ELSE slot
    /\ relay' = IF slot = Gone \/ slot > position.lsn THEN "waits" ELSE "opens"
    /\ run' = [Fresh EXCEPT !.start = slot', !.bound = next]
    /\ UNCHANGED <<database, position, published, faults>>

AllBeforeEnded ==
    /\ relay = "waits"
    /\ WaitsForOlder => \A x \in active: x >= run.bound
    /\ relay' = "reads table"
    /\ UNCHANGED <<database, slot, position, run, published, faults>>

PublishTable ==
    /\ relay = "reads table"
    /\ LET unproven == IF BySnapshot THEN Snapshot \ position.proven ELSE {x \in Snapshot: x > LastId}
       IN  published' = published \union (unproven \intersect Committed)
    /\ run' = [run EXCEPT !.candidate = [snapshot |-> Snapshot, end |-> run.start]]
    /\ relay' = "begins"
    /\ UNCHANGED <<database, slot, position, faults>>

BeginPosition ==
    /\ relay = "begins"
    /\ position' = [lsn |-> run.start, proven |-> run.candidate.snapshot]
    /\ run' = Fresh
    /\ relay' = "opens"
    /\ UNCHANGED <<database, slot, published, faults>>

\* A reader makes the slot if it is missing.
OpenSlot ==
    /\ relay = "opens"
    /\ slot' = IF slot = Gone THEN Len(log) ELSE slot
    /\ relay' = IF LooksAgain /\ slot' > position.lsn THEN "takes over" ELSE "streams"
    /\ run' = [Fresh EXCEPT !.read = slot', !.noted = slot']
    /\ UNCHANGED <<database, position, published, faults>>

---------------------------------------------------------------------------
\* Publishing and Position

Publish ==
    /\ relay = "streams" /\ run.read < Len(log)
    /\ published' = published \union {log[run.read + 1]}
    /\ run' = [run EXCEPT !.read = @ + 1]
    /\ UNCHANGED <<database, slot, position, relay, faults>>

\* Position.advance
Note ==
    /\ relay = "streams"
    /\ LET isProven == run.candidate # None /\ (run.read >= run.candidate.end \/ ~ProvesFirst)
       IN  /\ position' = [lsn |-> Later(position.lsn, run.read),
                           proven |-> IF isProven THEN run.candidate.snapshot ELSE position.proven]
           /\ run' = [run EXCEPT !.noted = run.read,
                                 !.candidate = IF isProven \/ @ = None
                                               THEN [snapshot |-> Snapshot, end |-> Len(log)] ELSE @]
    /\ UNCHANGED <<database, slot, relay, published, faults>>

Confirm ==
    /\ relay = "streams" /\ run.noted > slot
    /\ slot' = run.noted
    /\ UNCHANGED <<database, position, relay, run, published, faults>>

Crash ==
    /\ faults < MaxFaults
    /\ relay' = "takes over" /\ run' = Fresh
    /\ faults' = faults + 1
    /\ UNCHANGED <<database, slot, position, published>>

---------------------------------------------------------------------------
Init ==
    /\ next = 1 /\ active = {} /\ log = <<>>
    /\ slot = Gone
    /\ position = [lsn |-> 0, proven |-> {}]
    /\ relay = "takes over" /\ run = Fresh
    /\ published = {} /\ faults = 0

RelayWorks ==
    TakeOver \/ AllBeforeEnded \/ PublishTable \/ BeginPosition \/ OpenSlot \/ Publish \/ Note \/ Confirm

Ends == \E x \in active: End(x)
Next ==
    Begin \/ Ends \/ (\E x \in active: Commit(x)) \/ LoseSlot \/ SomebodyMakesSlot \/ Crash \/ RelayWorks

Spec == Init /\ [][Next]_vars /\ WF_vars(Ends) /\ WF_vars(RelayWorks)

---------------------------------------------------------------------------
\* What must hold

ProvenIsPublished == (position.proven \intersect Committed) \subseteq published

NothingSkipped == \A k \in 1..position.lsn: log[k] \in published

SlotIsNeverAheadUnnoticed == relay = "streams" => slot <= position.lsn

EveryRowIsPublished == \A x \in 1..Transactions: [](x \in Committed => <>(x \in published))
=============================================================================
