------------------------------- MODULE Lease ------------------------------
(***************************************************************************)
(* Who publishes the outbox: terms of leadership, one after another, whose *)
(* leaders may pause at any point and go on long after they were replaced. *)
(*                                                                         *)
(* A term takes the lease when it is free, and with it a greater token.    *)
(* It claims the position row, ends whoever reads from the slot, opens the *)
(* slot where it was confirmed, and publishes from there on with its token *)
(* to the partitions, each in its own time. What is acknowledged is noted  *)
(* in the position row, only while the row holds the leader's own token,   *)
(* and only then confirmed to the slot. Nothing here relies on a leader    *)
(* that looks at a clock: the lease may run out at any moment (the         *)
(* database's clock says so), and a leader that has lost it may carry out  *)
(* whatever it has begun, with what it read before: it is a stale writer.  *)
(*                                                                         *)
(* Consumers refuse a record whose token is smaller than one that they     *)
(* have seen in the same partition; order holds only there. A partition is *)
(* read in its own order, so what is accepted follows from what it holds.  *)
(*                                                                         *)
(* Stands for: LeaseTable, LeaseKeeper and Lease; RelayTerm, Takeover,     *)
(* Position, Slot and Publishing; on the other side, what consumers do     *)
(* with the token of a record: Fence.                                      *)
(*                                                                         *)
(* Leaves out: renewal (it only delays the end of a lease), a slot that    *)
(* is lost (see Relay), rows that are committed meanwhile (a row that is   *)
(* not published yet need not be there), restored databases. A leader's    *)
(* records reach a partition in their order, none left out in between: the *)
(* producer is idempotent, and is closed after a failure.  A leader that   *)
(* begins anew under the same token has nothing under way from before.     *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
    Rows,         \* the outbox holds rows 1..Rows, in the order of their commits
    Terms,        \* tokens are 1..Terms
    Fencing,      \* consumers refuse smaller tokens
    OwnTokenOnly, \* the position is noted only `where token = mine`
    ClaimsFirst   \* the row is claimed before anything is published

VARIABLES
    lease,    \* the token in the lease row
    position, \* the position row: a token, and up to which row is published
    slot,     \* up to which row the slot is confirmed
    reader,   \* the term that reads from the slot, 0 for none yet
    term,     \* how far each term has come
    sent,     \* the last row that a term has published to a partition
    accepted  \* what a partition's consumers have accepted: which rows, and the last row and its token

vars == <<lease, position, slot, reader, term, sent, accepted>>

Partitions == 1..2
Of == [p \in Partitions |-> {r \in 1..Rows: IF r = 2 THEN p = 2 ELSE p = 1}]
Min(s) == CHOOSE a \in s: \A b \in s: a <= b
Later(a, b) == IF a > b THEN a ELSE b

\* The row that follows in a partition, Rows + 1 at its end.
Following == [p \in Partitions |-> [row \in 0..Rows |-> Min({r \in Of[p]: r > row} \union {Rows + 1})]]
Unsent(t, p) == Following[p][sent[t][p]]

\* A term goes through these in turn: "waits" "holds" "claimed" "reads". A dead leader is one that pauses for ever.
At(t, step) == term[t].step = step
Goes(t, step) == term' = [term EXCEPT ![t].step = step]

TypeOK ==
    /\ lease \in 0..Terms
    /\ position \in [token: 0..Terms, upTo: 0..Rows]
    /\ slot \in 0..Rows /\ reader \in 0..Terms
    /\ \A t \in 1..Terms: term[t].noted \in 0..Rows

---------------------------------------------------------------------------
\* The lease: LeaseTable

\* The lease may have run out at any moment, on the database's clock, and its holder need not have noticed.
Take(t) ==
    /\ t = lease + 1
    /\ lease' = t
    /\ Goes(t, "holds")
    /\ UNCHANGED <<position, slot, reader, sent, accepted>>

---------------------------------------------------------------------------
\* The takeover: Takeover.run, then the engine starts

\* A newer claim makes an older leader step down.
Claim(t) ==
    /\ At(t, "holds") /\ position.token <= t
    /\ position' = IF ClaimsFirst THEN [position EXCEPT !.token = t] ELSE position
    /\ Goes(t, "claimed")
    /\ UNCHANGED <<lease, slot, reader, sent, accepted>>

\* Ends the other reader and reads from where the slot is confirmed. A leader that was replaced since may do that, too.
OpenSlot(t) ==
    /\ At(t, "claimed")
    /\ reader' = t
    /\ Goes(t, "reads")
    /\ sent' = [sent EXCEPT ![t] = [p \in Partitions |-> slot]]
    /\ UNCHANGED <<lease, position, slot, accepted>>

\* The slot is read by somebody else: the engine fails and the takeover begins anew, with the claim.
BeginAnew(t) ==
    /\ At(t, "reads") /\ reader # t /\ position.token <= t
    /\ term' = [term EXCEPT ![t] = [step |-> "holds", noted |-> 0]]
    /\ sent' = [sent EXCEPT ![t] = [p \in Partitions |-> 0]]
    /\ UNCHANGED <<lease, position, slot, reader, accepted>>

---------------------------------------------------------------------------
\* Publishing: publish, await, note the position, confirm

\* What was read before goes on arriving when another one reads.
Publish(t, p) ==
    /\ At(t, "reads") /\ Unsent(t, p) <= Rows
    /\ LET row == Unsent(t, p)
           refused == Fencing /\ t < accepted[p].token
       IN  /\ sent' = [sent EXCEPT ![t][p] = row]
           /\ accepted' = IF refused THEN accepted
                         ELSE [accepted EXCEPT ![p] = [rows |-> @.rows \union {row}, last |-> row, token |-> t]]
    /\ UNCHANGED <<lease, position, slot, reader, term>>

\* All up to here is acknowledged.
Acknowledged(t) == Min({Unsent(t, p): p \in Partitions}) - 1

\* Position.advance
Note(t) ==
    /\ At(t, "reads")
    /\ \/ position.token = t
       \/ position.token < t /\ ~ClaimsFirst
       \/ ~OwnTokenOnly
    /\ LET row == Acknowledged(t)
       IN  /\ row > term[t].noted
           /\ position' = [token |-> Later(position.token, t), upTo |-> Later(position.upTo, row)]
           /\ term' = [term EXCEPT ![t].noted = row]
    /\ UNCHANGED <<lease, slot, reader, sent, accepted>>

Confirm(t) ==
    /\ reader = t /\ term[t].noted > slot
    /\ slot' = term[t].noted
    /\ UNCHANGED <<lease, position, reader, term, sent, accepted>>

---------------------------------------------------------------------------
Init ==
    /\ lease = 0
    /\ position = [token |-> 0, upTo |-> 0]
    /\ slot = 0 /\ reader = 0
    /\ term = [t \in 1..Terms |-> [step |-> "waits", noted |-> 0]]
    /\ sent = [t \in 1..Terms |-> [p \in Partitions |-> 0]]
    /\ accepted = [p \in Partitions |-> [rows |-> {}, last |-> 0, token |-> 0]]

Works(t) ==
    \/ Take(t) \/ Claim(t) \/ OpenSlot(t) \/ BeginAnew(t) \/ Note(t) \/ Confirm(t)
    \/ \E p \in Partitions: Publish(t, p)

Next == \E t \in 1..Terms: Works(t)

\* Fairness is asked of the last term only; all others may pause at any point, or go on for as long as they like.
Spec == Init /\ [][Next]_vars /\ WF_vars(\E t \in 1..Terms: Take(t)) /\ WF_vars(Works(Terms))

---------------------------------------------------------------------------
\* What must hold

IsAccepted(row) == \E p \in Partitions: row \in accepted[p].rows

\* What the slot will not deliver again has been accepted; all else is still to be published.
NothingLost == \A row \in 1..slot: IsAccepted(row)

\* So a slot ahead of the row is not the one that was confirmed.
SlotIsNeverAhead == slot <= position.upTo

FirstOccurrencesInOrder ==
    \A p \in Partitions: \A missing \in Of[p] \ accepted[p].rows: \A row \in accepted[p].rows: row < missing

TokensNeverDecrease == [][\A p \in Partitions: accepted'[p].token >= accepted[p].token]_vars

\* More than that: repetitions begin at an earlier row and run through, so that whoever keeps the latest is
\* not left with something old.
RowsInOrder ==
    [][\A p \in Partitions: \A row \in Of[p]:
        row < accepted'[p].last => row <= accepted[p].last \/ accepted'[p] = accepted[p]]_vars

EveryRowArrives == <>(\A row \in 1..Rows: IsAccepted(row))
=============================================================================
