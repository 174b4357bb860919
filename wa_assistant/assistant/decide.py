"""What is to be done about a burst: rules, one a line, the first that fits. Nothing is asked here.

`decide` is for what was read; `decide_on` for what the model then said. What a decision means is
done in commit.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..models import Attention, Outcome
from ..money.caps import Cap, NoRoom
from ..work import policies
from ..work.policies import nth
from .burst import Burst, Spoken
from .model import Attempt
from .schema import Reply

# With a model that fails, from its first failure on: who asks too often is served in a moment, and
# of a server that is away nobody knows.
PATIENCE = timedelta(minutes=2)
PATIENCE_AWAY = timedelta(seconds=10)
MOST_DISCARDED = 2  # replies, to a participant who goes on writing while the model thinks
PASSING = {Outcome.RATE_LIMITED: PATIENCE, Outcome.UNAVAILABLE: PATIENCE_AWAY}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`attempt`: the call to the model that it rests on, which is written down whatever comes.

    `looks_up`: what the documents hold is wanted for it. `cap`: the one that was met, for which it
    is less than it could be.
    """

    attempt: Attempt | None = None
    cap: Cap | None = None
    looks_up = False


@dataclass(frozen=True, kw_only=True)
class LeaveToPerson(Decision):
    """A person has taken the conversation over, or the assistant is silent in it.

    `draft`: what it was about to say, for that person; "" for nothing.
    """

    draft: str = ""


@dataclass(frozen=True, kw_only=True)
class AskWhetherToStop(Decision):
    """They seem to want no more messages: they are asked, and hear nothing else."""


@dataclass(frozen=True, kw_only=True)
class Obey(Decision):
    """A stop, or a call for a person, that was spoken in one of the messages."""

    spoken: Spoken


@dataclass(frozen=True, kw_only=True)
class FallSilent(Decision):
    """A machine seems to write, or somebody without end: a person is called."""


@dataclass(frozen=True, kw_only=True)
class LetIn(Decision):
    """An unknown number, of which the model answers so many an hour: whether it may be asked."""


@dataclass(frozen=True, kw_only=True)
class AskTheModel(Decision):
    """`model`: a cheaper one; None for the usual."""

    model: str | None = None
    looks_up = True


@dataclass(frozen=True, kw_only=True)
class SpeakUnaided(Decision):
    """Without a model, for this reason: the documents' words, the journey's, or a fixed text.

    `stage_first`: the stage's own words go before those of the documents. `once_since`: that a
    person will read it is said once since then.
    """

    reason: Attention
    stage_first: bool = False
    once_since: datetime | None = None
    looks_up = True


@dataclass(frozen=True, kw_only=True)
class Say(Decision):
    """What the model replied; `words` as they are sent, "" where nothing legible is left."""

    attempt: Attempt
    reply: Reply
    words: str


@dataclass(frozen=True, kw_only=True)
class Discard(Decision):
    """More came while the model was thinking, which belongs to the same answer."""

    attempt: Attempt


@dataclass(frozen=True, kw_only=True)
class AskOnceMore(Decision):
    """What the model said cannot be used; in its turn it is asked once more."""


@dataclass(frozen=True, kw_only=True)
class Postpone(Decision):
    """Not now, but after so many seconds."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class HoldBack(Postpone):
    """The same, and until then they are told once that a person will read it, who is called."""


def decide(burst: Burst) -> Decision:
    """What to do about `burst`, before a model is asked."""
    if burst.silenced:
        return LeaveToPerson()
    if burst.seems_to_stop:
        return AskWhetherToStop()
    if burst.spoken is not None:
        return Obey(spoken=burst.spoken)
    if burst.seems_a_loop:
        return FallSilent()
    if not burst.has_model:
        # Where a stage asks something, code hears what they write instead.
        writes = burst.unheard and burst.stage is not None and burst.stage.answers
        return SpeakUnaided(reason=Attention.NOT_HEARD if writes else Attention.NO_MODEL)
    if burst.model_rests:
        return SpeakUnaided(reason=Attention.MODEL_FAILED)
    if burst.is_unknown:
        return LetIn()
    if burst.unheard:
        return SpeakUnaided(reason=Attention.NOT_HEARD)
    return AskTheModel()


def decide_on(
    burst: Burst,
    attempt: Attempt,
    words: str,
    now: datetime,
    cap: Cap | None = None,
    *,
    rests: bool = False,
) -> Decision:
    """What to do about what the model said, which is sent as `words`, or did not say. `rests`: it
    is left alone from now on, and nobody waits for it."""
    unusable = attempt.outcome == Outcome.UNUSABLE
    if attempt.reply is not None:
        return Say(attempt=attempt, reply=attempt.reply, words=words, cap=cap)
    if unusable and not burst.asked_again:
        return AskOnceMore(attempt=attempt)
    patience = timedelta() if rests else PASSING.get(attempt.outcome, timedelta())
    if patience and _is_patient(burst.failing_since, now, patience):
        return Postpone(attempt=attempt, seconds=_pause(burst, attempt))
    return SpeakUnaided(attempt=attempt, reason=Attention.MODEL_FAILED, stage_first=unusable)


def without_room(burst: Burst, no: NoRoom, now: datetime, asked: str | None = None) -> Decision:
    """What to do where a cap has no room for a call to the model, or to the cheaper one that was
    `asked` instead: a ladder, of which the documents' own words are the last rung but one."""
    if no.cap == Cap.NEWCOMERS:
        return HoldBack(cap=no.cap, seconds=no.seconds)
    # Calls under way may leave some soon.
    if no.passes and _is_patient(burst.waiting_since, now, PATIENCE):
        return Postpone(seconds=no.seconds)
    if no.cheaper and asked is None:
        return AskTheModel(cap=no.cap, model=no.cheaper)
    return SpeakUnaided(cap=no.cap, reason=Attention.CAP_MET, once_since=no.since)


def recheck(burst: Burst, decision: Decision, *, silenced: bool, has_grown: bool) -> Decision:
    """The decision as it stands now that the participant's row is locked.

    What was decided for a participant who may no longer be spoken to is a person's; a reply that
    does not take into account what came meanwhile is given up, a few times.
    """
    speaks = isinstance(decision, (Say, SpeakUnaided, AskWhetherToStop, HoldBack))
    if speaks and silenced:
        draft = decision.words if isinstance(decision, Say) else ""
        return LeaveToPerson(attempt=decision.attempt, draft=draft)
    if isinstance(decision, Say) and has_grown and burst.discarded < MOST_DISCARDED:
        return Discard(attempt=decision.attempt)
    if isinstance(decision, Say) and decision.reply.wants_stop:
        return AskWhetherToStop(attempt=decision.attempt)
    return decision


def _is_patient(since: datetime | None, now: datetime, patience: timedelta) -> bool:
    return since is None or now < since + patience


def _pause(burst: Burst, attempt: Attempt) -> float:
    """The longest one also where the model wishes for more."""
    pauses = policies.ANSWER.pauses
    return min(max(nth(pauses, burst.failures + 1), attempt.retry_after or 0), pauses[-1])
