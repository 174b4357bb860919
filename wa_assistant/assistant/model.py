"""Asks the model once, reads the JSON of its answer, and writes down what that took."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ..clients import openai, pictures
from ..clients.failures import OF_ONE_REQUEST, Failure, ModelError, TooLong
from ..database import db
from ..journey.collect import Found
from ..models import AiCall, CallKind, Outcome
from ..models.ai_call import IS_LAST_TRY
from ..money import ledger, prices
from ..money.caps import NoRoom
from ..money.ledger import Payer, Reservation
from ..providers.outcomes import OUTCOMES
from ..work.claims import Lost
from ..work.faults import DATABASE_AWAY
from . import formatting, prompt, reading, room, tidying
from .manner import Manner
from .schema import SCHEMA, Reply, Unusable

ROOM_OF_A_TURN = 16  # tokens of its role and what stands around it
PICTURE_TOKENS = 1500  # what servers count for one, as a rule
# The most: OpenAI's newest see 10,000 patches, and small ones count each for up to two and a half.
# Of one that ends in January 2027 a picture of eight tiles has more.
MOST_PICTURE_TOKENS = {"gpt-4o-mini": 50_000}
USUAL_MOST = 25_000
IN_A_ROW = 3  # calls that fail for one reason, of which the team is told
SLOW_IN_A_ROW = 2  # of those that took all the time they have: somebody waited for each


@dataclass(frozen=True)
class Attempt:
    """One call: what the ledger is to hold of it, and the reply if there is one."""

    call: AiCall
    reply: Reply | None
    retry_after: float | None = None

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.call.outcome)

    @property
    def tokens(self) -> int | None:
        """What the server says it took; None where it does not say."""
        read, written = self.call.input_tokens, self.call.output_tokens
        return None if read is None or written is None else read + written


def tokens_at_most(messages: list[dict[str, Any]], manner: Manner) -> int:
    """What a call with `messages` counts against a limit: a token has three characters or more."""
    contents = [message["content"] for message in messages]
    characters = sum(map(prompt.characters, contents))
    return characters // 3 + _pictures(messages) * PICTURE_TOKENS + manner.tokens


def _pictures(messages: list[dict[str, Any]]) -> int:
    contents = [message["content"] for message in messages]
    return sum(pictures.count(each) for each in contents if not isinstance(each, str))


def reserve(
    payer: Payer, messages: list[dict[str, Any]], manner: Manner, model: str | None = None
) -> Reservation | NoRoom:
    """Room in the ledger for a call with `messages`, to the usual model or another.

    No token is less than a byte of what is sent, and the form of the answer is told beside it,
    perhaps twice.
    """
    words = [prompt.spelt(message["content"]) for message in messages]
    read = sum(len(each.encode(errors="replace")) + ROOM_OF_A_TURN for each in words)
    model, shown = model or manner.model, _pictures(messages)
    read += 2 * len(prompt.FORM) + shown * MOST_PICTURE_TOKENS.get(model, USUAL_MOST)
    said = openai.answer_tokens(model, manner.tokens)
    most = prices.worst_of_tokens(model, read, said, shown)
    return ledger.reserve(payer, model, most, manner.version)


class Paid:
    """A call that is paid for: `reservation` is that of its last try. One that came to nothing was
    paid for as well, and is made again where all caps have room for another."""

    def __init__(self, reservation: Reservation) -> None:
        self.reservation = reservation

    def again(self, usage: openai.Usage | None) -> bool:
        before = self.reservation
        call = ledger.account(before, Outcome.UNAVAILABLE, usage=usage)
        call.failure = Failure.NOTHING
        ledger.settled(call)
        room = ledger.reserve(before.payer, before.model, before.worst, before.prompt_version)
        if isinstance(room, NoRoom):
            return False
        self.reservation = room
        return True


def ask(
    reservation: Reservation,
    messages: list[dict[str, Any]],
    manner: Manner,
    *,
    passages: int = 0,
    left_out: int = 0,
) -> Attempt:
    """Ask for a reply to `messages`; never raises for what the model or its server does.

    `left_out`: so many are left out of them already.
    """
    model, paid = reservation.model, Paid(reservation)
    takes: int | None = tokens_at_most(messages, manner)
    try:
        for is_last in (False, False, True):
            try:
                completion = complete(messages, manner, takes=takes, model=model, again=paid.again)
                break
            except TooLong as error:
                fitting, more = room.fit(messages, error, manner.tokens)
                # What was left out by our own estimate may not be enough: the server counts.
                if is_last or (error.was_asked and fitting == messages):
                    raise
                messages, left_out, takes = fitting, left_out + more, None
    except ModelError as error:
        call = ledger.failed(paid.reservation, OUTCOMES[type(error)], error)
        call.left_out = left_out or None
        return Attempt(call, None, error.retry_after)
    reply, reason = _usable(completion, passages)
    outcome = Outcome.UNUSABLE if reply is None else Outcome.ANSWERED
    call = ledger.account(
        paid.reservation, outcome, usage=completion.usage, latency=completion.latency, error=reason
    )
    call.failure, call.left_out = Failure.UNUSABLE if reason else None, left_out or None
    return Attempt(call, reply)


def complete(
    messages: list[dict[str, Any]],
    manner: Manner,
    *,
    takes: int | None = None,
    form: str | None = None,
    model: str | None = None,
    again: openai.Again | None = None,
) -> openai.Completion:
    """What `clients.openai.complete` says, asked as every reply is."""
    return openai.complete(
        messages,
        SCHEMA,
        max_tokens=manner.tokens,
        temperature=manner.temperature,
        takes=takes,
        form=form,
        model=model or manner.model,
        again=again,
    )


def failing_since(call: AiCall) -> datetime | None:
    """When the first of those failed that failed in a row before this one, which is not settled
    yet, for its reason: then the next would, too. None where they are too few."""
    if call.failure in OF_ONE_REQUEST:
        return None
    others = (SLOW_IN_A_ROW if call.failure == Failure.TOO_SLOW else IN_A_ROW) - 1
    latest = (
        select(AiCall.failure, AiCall.created_at)
        .where(
            AiCall.kind == CallKind.ANSWER,
            AiCall.outcome.not_in(ledger.UNKNOWN),
            IS_LAST_TRY,
        )
        .order_by(AiCall.id.desc())
        .limit(others)
    )
    before = db.session.execute(latest).all()
    db.session.rollback()
    failed = [at for failure, at in before if failure == call.failure]
    return failed[-1] if len(failed) == others else None


@contextmanager
def paid_for(attempt: Attempt | None) -> Iterator[None]:
    """The call is settled, also where the block raises an exception before it has done so.

    What it led to is then obsolete where the claim is another's: that one asks anew.
    """
    try:
        yield
    except Exception as error:
        if attempt is not None:
            if isinstance(error, Lost):
                attempt.call.outcome = Outcome.OBSOLETE
            with suppress(*DATABASE_AWAY):
                ledger.settled(attempt.call)
        raise


def _usable(completion: openai.Completion, passages: int) -> tuple[Reply | None, str | None]:
    if completion.refusal:
        return None, "refused"
    try:
        return read(text_of(completion), finished=completion.finished, passages=passages), None
    except Unusable as error:
        return None, str(error) if completion.finished else "cut off"


def text_of(completion: openai.Completion) -> str:
    """Its words; where there are none, its thoughts, of which nothing but JSON is read."""
    return completion.text or (f"<think>{completion.thoughts}" if completion.thoughts else "")


def read(text: str, *, finished: bool = True, passages: int = 0) -> Reply:
    """The reply in what the model said; raises Unusable where nobody would see a word of it.

    Servers that hold to no schema may leave out the rest. `passages`: so many were told by number.
    """
    said = _as_asked(text) or reading.found(text, finished=finished, passages=passages)
    usable = _text(said["reply"])
    if not formatting.is_legible(formatting.for_whatsapp(usable)):
        raise Unusable("no reply in it")
    answers = said.get("answers")
    answers = [answers] if isinstance(answers, dict) else answers
    found = [_found(each) for each in answers] if isinstance(answers, list) else []
    return Reply(
        text=usable,
        answers=tuple(each for each in found if each),
        stage_complete=_is_true(said.get("stage_complete")),
        wants_person=_is_true(said.get("wants_person")),
        wants_stop=_is_true(said.get("wants_stop")),
        passages_used=_numbers(said.get("passages_used")),
        unanswered=" ".join(_text(said.get("unanswered")).split()),
    )


def _as_asked(text: str) -> dict[str, Any] | None:
    """The JSON that was asked for; None where it is anything else, or may hold what is not for the
    participant."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):  # brackets without end
        return None
    reply = said.get("reply") if isinstance(said, dict) else None
    is_plain = isinstance(reply, str) and not tidying.STRANGE.search(reply)
    return said if is_plain else None


def _is_true(said: Any) -> bool:
    return said is True or (isinstance(said, str) and said.strip().lower() in ("true", "yes"))


def _found(said: Any) -> Found | None:
    if not isinstance(said, dict):
        return None
    name, value, quote = (_text(said.get(key)) for key in ("name", "value", "quote"))
    if isinstance(said.get("value"), bool):
        value = "yes" if said["value"] else "no"
    return Found(name, value, quote, _share(said.get("confidence"))) if name and value else None


def _numbers(said: Any) -> tuple[int, ...]:
    if not isinstance(said, list):
        return ()
    return tuple(
        int(each)
        for each in said
        if (isinstance(each, int) and not isinstance(each, bool))
        or (isinstance(each, str) and each.isdecimal() and len(each) < 4)
    )


def _share(said: Any) -> float | None:
    if isinstance(said, bool) or not isinstance(said, int | float):
        return None
    return float(min(1, max(0, said)))


def _text(said: Any) -> str:
    """NUL and half an emoji, which JSON can spell, can be neither stored nor sent."""
    if isinstance(said, int | float) and not isinstance(said, bool):
        said = str(said)
    if not isinstance(said, str):
        return ""
    return said.encode(errors="ignore").decode().replace("\x00", "").strip()
