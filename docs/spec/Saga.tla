------------------------------- MODULE Saga -------------------------------
(***************************************************************************)
(* One saga, its participants, and the channel between them.               *)
(*                                                                         *)
(* The orchestrator asks its steps one after another. A refusal, a cancel  *)
(* or a step given up turns it back: every step whose command was ever     *)
(* written is undone, the last one first, the one in flight included.  An  *)
(* undo that comes before its command leaves a tombstone ("blocked"), and  *)
(* the command that meets it is answered "superseded" and does nothing.    *)
(*                                                                         *)
(* The channel keeps what is sent: a message may be delivered at any time, *)
(* in any order, any number of times, until it is lost. Losses are bounded *)
(* and healed by sending the same message again. A move's new state and    *)
(* the messages it sends are one transaction (the outbox), so a crash is   *)
(* nothing but a move not made, or a message that is delivered once more.  *)
(*                                                                         *)
(* Stands for: SagaMachine, Draft, Phase, Saga.status (orchestrator), and  *)
(* the barrier of the participants: Shelves, Reservation, Effect.          *)
(*                                                                         *)
(* Leaves out: time and budgets (a step may be given up whenever it is     *)
(* unanswered), NEEDS_ATTENTION (it only keeps trying), steps that run     *)
(* together, operators' new attempts, and calls to the outside world,      *)
(* whose outcome a participant settles before it answers an undo.  Here    *)
(* every duplicate is answered, in the code only one that was sent again.  *)
(***************************************************************************)
EXTENDS Integers, Sequences

CONSTANTS
    N,              \* the steps are 1..N
    Pivots,         \* which step may be the pivot; 0 stands for none
    MaxLost,        \* how many messages the channel may lose
    Tombstones,     \* an undo that comes first leaves a mark
    UndoesInFlight, \* a step that is not answered is undone as well
    MatchesReplies, \* a reply counts only for the command that it answers
    OneTransaction, \* state and messages are committed together
    SendsAgain      \* what is not answered is sent again

VARIABLES
    pivot,    \* the point of no return
    phase,    \* how each step stands, for the orchestrator
    rejected, \* whether the saga goes back
    row,      \* how each step stands, for its participant
    ledger,   \* what the participants did, in order: <<"do" or "undo", step>>
    channel,  \* messages and replies under way: [kind, step]
    lost      \* how many have been lost

vars == <<pivot, phase, rejected, row, ledger, channel, lost>>

Steps == 1..N
Phases == {"PENDING", "RUNNING", "DONE", "REFUSED", "SUPERSEDED", "UNDOING", "UNDONE"}
Rows == {"none", "done", "refused", "undone", "blocked"}
Replies == {"done", "refused", "superseded", "undone"}
Msg(kind, step) == [kind |-> kind, step |-> step]
Messages == [kind: {"do", "undo"} \union Replies, step: Steps]

Compensatable(i) == pivot = 0 \/ i < pivot
Retriable(i) == pivot # 0 /\ i > pivot
IsPastPivot == pivot # 0 /\ phase[pivot] # "PENDING"

MayHaveEffect(p) == p \in {"RUNNING", "DONE", "UNDOING"}
Status ==
    IF ~rejected /\ \A i \in Steps: phase[i] = "DONE" THEN "COMPLETED"
    ELSE IF rejected /\ \A i \in Steps: ~MayHaveEffect(phase[i]) THEN "REJECTED"
    ELSE IF rejected THEN "COMPENSATING" ELSE "RUNNING"
IsFinal == Status \in {"COMPLETED", "REJECTED"}

TypeOK ==
    /\ pivot \in Pivots /\ phase \in [Steps -> Phases] /\ rejected \in BOOLEAN
    /\ row \in [Steps -> Rows] /\ channel \subseteq Messages /\ lost \in 0..MaxLost

---------------------------------------------------------------------------
\* The orchestrator

First(s) == CHOOSE i \in s: \A j \in s: i <= j
Last(s) == CHOOSE i \in s: \A j \in s: i >= j

\* Asks whatever comes next, forward or back, if it has not been asked yet.
Advance(phases, back) ==
    LET open == {i \in Steps: IF back THEN MayHaveEffect(phases[i]) ELSE phases[i] # "DONE"}
    IN  CASE open = {} -> phases
          [] open # {} /\ back -> [phases EXCEPT ![Last(open)] = "UNDOING"]
          [] OTHER -> [phases EXCEPT ![First(open)] = "RUNNING"]

CommandsOf(phases) ==
    {Msg("do", i): i \in {j \in Steps: phases[j] = "RUNNING" /\ phase[j] # "RUNNING"}}
        \union {Msg("undo", i): i \in {j \in Steps: phases[j] = "UNDOING" /\ phase[j] # "UNDOING"}}

\* The one transaction of every move. Without it, the process can die between sending and storing.
Commit(phases, back) ==
    LET next == Advance(phases, back)
    IN  /\ channel' = channel \union CommandsOf(next)
        /\ \/ phase' = next /\ rejected' = back
           \/ ~OneTransaction /\ UNCHANGED <<phase, rejected>>
        /\ UNCHANGED <<pivot, row, ledger, lost>>

\* What is unanswered counts as something that may have happened.
LetGo == [i \in Steps |-> IF phase[i] = "RUNNING" /\ ~UndoesInFlight THEN "REFUSED" ELSE phase[i]]

Answers(reply, i) ==
    LET expected == CASE phase[i] = "RUNNING" -> IF Retriable(i) THEN {"done"} ELSE {"done", "refused", "superseded"}
                      [] phase[i] = "UNDOING" -> {"undone"}
                      [] OTHER -> {}
    IN  reply.kind \in expected /\ reply.step = i

Awaits(reply, i) ==
    IF MatchesReplies THEN Answers(reply, i) ELSE phase[i] \in {"RUNNING", "UNDOING"}

Settled(reply, i) ==
    CASE phase[i] = "UNDOING" -> "UNDONE"
      [] reply.kind = "refused" -> "REFUSED"
      [] reply.kind = "superseded" -> "SUPERSEDED"
      [] OTHER -> "DONE"

Replied(reply, i) ==
    /\ reply.kind \in Replies
    /\ Awaits(reply, i)
    /\ LET phases == [phase EXCEPT ![i] = Settled(reply, i)]
       IN  Commit(phases, rejected \/ phases[i] \in {"REFUSED", "SUPERSEDED"})

\* The budget of a step that can be undone is spent: its outcome is unknown.
GiveUp(i) == phase[i] = "RUNNING" /\ Compensatable(i) /\ Commit(LetGo, TRUE)

Cancel == ~rejected /\ ~IsFinal /\ ~IsPastPivot /\ Commit(LetGo, TRUE)

\* The same message under the same key.
SendAgain(i) ==
    /\ SendsAgain
    /\ channel' = channel \union CASE phase[i] = "RUNNING" -> {Msg("do", i)}
                                   [] phase[i] = "UNDOING" -> {Msg("undo", i)}
                                   [] OTHER -> {}
    /\ UNCHANGED <<pivot, phase, rejected, row, ledger, lost>>

---------------------------------------------------------------------------
\* The participants: row, effect and reply are one transaction

Handle(i, newRow, entries, reply) ==
    /\ row' = [row EXCEPT ![i] = newRow]
    /\ ledger' = ledger \o entries
    /\ channel' = channel \union {Msg(reply, i)}
    /\ UNCHANGED <<pivot, phase, rejected, lost>>

Do(i) ==
    /\ Msg("do", i) \in channel
    /\ CASE row[i] = "none" -> \/ Handle(i, "done", <<<<"do", i>>>>, "done")
                               \/ ~Retriable(i) /\ Handle(i, "refused", <<>>, "refused")
         [] row[i] \in {"done", "refused"} -> Handle(i, row[i], <<>>, row[i])
         [] OTHER -> Handle(i, row[i], <<>>, "superseded")

Once(entry) == IF \E k \in 1..Len(ledger): ledger[k] = entry THEN <<>> ELSE <<entry>>

Undo(i) ==
    /\ Msg("undo", i) \in channel
    /\ CASE row[i] = "done" -> Handle(i, "undone", <<<<"undo", i>>>>, "undone")
         [] row[i] \in {"none", "refused"} ->
                Handle(i, IF Tombstones THEN "blocked" ELSE row[i], Once(<<"undo", i>>), "undone")
         [] OTHER -> Handle(i, row[i], <<>>, "undone")

Lose(message) ==
    /\ lost < MaxLost
    /\ lost' = lost + 1
    /\ channel' = channel \ {message}
    /\ UNCHANGED <<pivot, phase, rejected, row, ledger>>

---------------------------------------------------------------------------
Init ==
    /\ pivot \in Pivots
    /\ phase = [i \in Steps |-> IF i = 1 THEN "RUNNING" ELSE "PENDING"]
    /\ rejected = FALSE
    /\ row = [i \in Steps |-> "none"]
    /\ ledger = <<>>
    /\ channel = {Msg("do", 1)}
    /\ lost = 0

Progress ==
    \/ \E i \in Steps: Do(i) \/ Undo(i) \/ SendAgain(i)
    \/ \E i \in Steps, reply \in channel: Replied(reply, i)

Next ==
    \/ Progress
    \/ Cancel
    \/ \E i \in Steps: GiveUp(i)
    \/ \E message \in channel: Lose(message)

Spec == Init /\ [][Next]_vars /\ WF_vars(Progress)

---------------------------------------------------------------------------
\* What must hold

Before(a, b) == \E k, l \in 1..Len(ledger): k < l /\ ledger[k] = a /\ ledger[l] = b
Happened(entry) == \E k \in 1..Len(ledger): ledger[k] = entry

AtMostOneEffect == \A k, l \in 1..Len(ledger): ledger[k] = ledger[l] => k = l

NoEffectAfterUndo == \A i \in Steps: ~Before(<<"undo", i>>, <<"do", i>>)

\* When a step is undone, nothing that came after it is left.
UndoneLastFirst == \A i, j \in Steps: i < j /\ Happened(<<"undo", i>>) => row[j] # "done"

CompletedHasAll == Status = "COMPLETED" => \A i \in Steps: row[i] = "done"

\* Rejected is final, so this speaks of late commands, too.
RejectedLeavesNothing == Status = "REJECTED" => \A i \in Steps: row[i] # "done"

NoWayBackAfterPivot == pivot # 0 /\ row[pivot] = "done" => ~rejected

FinalStatesStay == [][IsFinal => Status' = Status]_vars

EverySagaEnds == <>IsFinal
=============================================================================
