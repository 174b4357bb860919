"""What is to be said is put here: the outbound rows of messages are the outbox itself.

`delivery.send` brings them to WhatsApp, in order for their participant.
"""

from collections.abc import Sequence
from typing import Any

import regex
from sqlalchemy import Integer, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from .. import live
from ..database import db, utcnow
from ..models import (
    Attention,
    Author,
    Cancelled,
    Category,
    Direction,
    Media,
    Message,
    Participant,
    Status,
    User,
    characters,
)
from ..models.message import IS_PARKED
from ..money import message_costs
from ..work.queue import later
from . import attached, attention
from .attached import Attached
from .marked import Marked

# Twilio refuses 1,600, counted as UTF-16 does: most emoji are two or more. The marks that close
# what a cut leaves open find room in between.
MOST_UNITS = 1500
MOST_COUNTED = 1000
# An item of a list begins with a number or a mark, which stays with its first word.
NOT_AN_ITEM = r"(?<!(?:^|\n)[ \t]*(?:\d{1,3}[.)]|[-*•]))"
# Where a text may be cut, best first: between paragraphs, lines, sentences, words.
SEAMS = (r"\n\s*\n", r"\n", rf"(?<=[.!?…]){NOT_AN_ITEM}\s+", rf"{NOT_AN_ITEM}\s+")


def put(
    participant: Participant,
    body: str,
    author: Author,
    *,
    user: User | None = None,
    form_key: str | None = None,
    opens: str | None = None,
    ai_call_id: int | None = None,
    silenced: bool = False,
    files: Sequence[Attached] = (),
    quoted: Message | None = None,
) -> Message:
    """Add a text to the outbox; it is delivered once the writing unit has committed.

    What is too long for one message, or has `files`, becomes several: the first of them stands for
    the whole. `quoted`: what it replies to. `opens`: the key of the stage whose opening words it
    is. `silenced`: a person has silenced the assistant since; it stands there cancelled, as that
    person's draft.
    """
    shared = {"user_id": user and user.id, "opens": opens, "ai_call_id": ai_call_id}
    if silenced:
        shared |= {"status": Status.CANCELLED, "cancelled_for": Cancelled.SILENCED}
    messages: list[Message] = []
    for words, file in _pieces(body, files):
        message = Message(
            participant_id=participant.id,
            direction=Direction.OUTBOUND,
            author=author,
            body=words,
            kind=file.kind if file else "text",
            created_at=utcnow(),
            clock_ahead=participant.clock_ahead,
            **{"status": Status.WAITING, **shared, **_place(messages, form_key, quoted)},
        )
        message_costs.put(message, participant, Category.SERVICE)
        db.session.add(message)
        participant.last_activity_at = message.created_at
        db.session.flush()  # one by one: their ids are their order
        if file:
            db.session.add(file.row(message))
        messages.append(message)
    later("jobs.delivery.deliver", participant.id)
    live.conversation_changed(participant.id)
    return messages[0]


def _place(
    before: Sequence[Message], form_key: str | None, quoted: Message | None
) -> dict[str, Any]:
    """What the first of several has alone, and the others have of it."""
    if before:
        return {"part_of_id": before[0].id}
    return {"form_key": form_key, "quoted_sid": quoted and quoted.provider_sid}


def overtake(participant_id: int) -> None:
    """A stage begins: what was to open an earlier one, and could not be sent, is not said now."""
    db.session.execute(
        update(Message)
        .where(
            Message.participant_id == participant_id,
            Message.status == Status.PARKED,
            Message.opens.is_not(None),
        )
        .values(status=Status.CANCELLED, cancelled_for=Cancelled.OVERTAKEN)
    )


def _are_unsaid() -> tuple[Any, ...]:
    """The conditions of the opening words of a participant, `who`, that are not out."""
    answered = aliased(Message)
    whole = func.coalesce(Message.part_of_id, Message.id)
    return (
        Message.participant_id == bindparam("who", type_=Integer),
        Message.status.in_((Status.PARKED, Status.WAITING)),
        Message.opens.is_not(None),
        ~exists().where(answered.answered_by_id == whole),
    )


# Made once: to put them together costs more than to ask them.
UNSAID = select(Message.id).where(*_are_unsaid()).order_by(Message.id)
CALL_BACK = (
    update(Message)
    .where(*_are_unsaid())
    .values(status=Status.CANCELLED, cancelled_for=Cancelled.OVERTAKEN)
    .execution_options(synchronize_session=False)
)


def unsaid_openings(participant_id: int) -> list[int]:
    """The ids of what `call_back_openings` would call back."""
    return list(db.session.scalars(UNSAID, {"who": participant_id}))


def call_back_openings(participant_id: int) -> None:
    """They leave the journey: its opening words that are not out are not said, but where they are
    the answer to something."""
    db.session.connection().execute(CALL_BACK, {"who": participant_id})


def put_back(participant_id: int, message_ids: Sequence[int]) -> None:
    """They are in the journey again: what was called back of it is said after all."""
    if not message_ids:
        return
    called_back = Message.status == Status.CANCELLED, Message.cancelled_for == Cancelled.OVERTAKEN
    db.session.execute(
        update(Message)
        .where(Message.id.in_(message_ids), *called_back)
        .values(status=Status.WAITING, cancelled_for=None)
        .execution_options(synchronize_session=False)
    )
    later("jobs.delivery.deliver", participant_id)


def is_said_by(first: Message, body: str, files: Sequence[Attached] = ()) -> bool:
    """Whether `first`, with the parts that follow it, is this very text with these files."""
    its_parts = or_(Message.id == first.id, Message.part_of_id == first.id)
    found = db.session.execute(
        select(Message.body, Media.url)
        .outerjoin(Media, Media.message_id == Message.id)
        .where(Message.participant_id == first.participant_id, its_parts)
        .order_by(Message.id)
    )
    wanted = [(words, file and file.origin) for words, file in _pieces(body, files)]
    return [(said, url) for said, url in found] == wanted


def _pieces(body: str, files: Sequence[Attached]) -> Sequence[attached.Piece]:
    words = parts(body)
    return attached.pieces(words, files) if files else [(each, None) for each in words]


def units(text: str) -> int:
    """Its length as Twilio counts it, and a browser too."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str) -> list[str]:
    """`text` in parts that fit, cut at the best seam of each; never in a word, an address or an
    emoji, unless that alone is too long for a message. What is in bold where it is cut is in bold
    on both sides. Nothing is left in it that is not seen.
    """
    found = []
    rest = (text if text.replace("\n", "").isprintable() else characters.seen(text)).strip()
    if len(_fitting(rest)) == len(rest):
        return [rest]
    marked = Marked(rest)
    while len(head := _fitting(rest)) < len(rest):
        end, begin = _seam(rest, len(head))
        marks = marked.left_open(len(rest) - end)
        found.append(rest[:end].rstrip() + "".join(reversed(marks)))
        rest = "".join(marks) + rest[begin:].lstrip()
    return [*found, rest]


def _fitting(text: str) -> str:
    """As much of its beginning as one message holds."""
    units = text[:MOST_UNITS].encode("utf-16-le", "surrogatepass")[: 2 * MOST_UNITS]
    return units.decode("utf-16-le", "ignore")


def _seam(text: str, room: int) -> tuple[int, int]:
    """Where the first part ends and where the next begins, past the first third if possible."""
    for earliest in (room // 3, 0):
        for pattern in SEAMS:
            seams = [
                match
                for match in regex.finditer(pattern, text[: room + 1])
                if match.start() > earliest
            ]
            if seams:
                first: int = seams[-1].start()
                return first, seams[-1].end()
    return _last_character(text, room)


def _last_character(text: str, room: int) -> tuple[int, int]:
    """Between two characters as people see them: a family of four is one."""
    ends = [match.end() for match in regex.finditer(r"\X", text[: room + 8])]
    cut: int = max((end for end in ends if end <= room), default=room)
    return cut, cut


def park(message: Message, participant: Participant) -> None:
    """Let it wait until they write again. A text of somebody's is put before the team; the words
    that open a stage simply wait."""
    message.status, message.due_at = Status.PARKED, None
    if message.opens is None:
        attention.call(participant, Attention.PARKED)


def unpark(participant: Participant) -> None:
    """They have written: what the assistant had to say goes out, unless it is silenced. What a
    colleague wrote waits for their click, for it may no longer fit. The words that open a stage
    wait on where the next one is due, which overtakes them."""
    may_speak = participant.assistant_may_speak(utcnow())
    which = [Message.author != Author.USER if may_speak else Message.author == Author.SYSTEM]
    if not may_speak or participant.is_due():
        which.append(Message.opens.is_(None))
    theirs = select(Message).where(Message.participant_id == participant.id, IS_PARKED, *which)
    for message in db.session.scalars(theirs):
        message.status = Status.WAITING


def parked(version_ids: Sequence[int]) -> int:
    """How many participants of these versions something waits for: MOST_COUNTED at most."""
    # Those that wait are few, whatever the order of the indexes is: they are asked first.
    theirs = exists().where(
        Participant.id == Message.participant_id, Participant.journey_version_id.in_(version_ids)
    )
    found = select(Message.participant_id).where(IS_PARKED, theirs).distinct().limit(MOST_COUNTED)
    return len(db.session.scalars(found).all())
