"""One act for many participants, some at a time; bulk_undo.py takes it back exactly.

Each of them has an entry of the audit that names the act's key. By that the whole is undone; but
who has changed since in what was done to them stays as they are.
"""

import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import select

from ..conversation import attention, status, tags
from ..database import db, transaction, utcnow
from ..journey import placing, way_back
from ..journey.placing import Begins
from ..models import JourneyVersion, Participant, User

MOST = 10_000  # participants at once
AT_ONCE = 50  # in one writing unit: others come to write between them
OF_A_JOURNEY = 10  # the same of those who are put into one, which takes longer
LONGEST_SECONDS = 20.0
KEY = re.compile(r"([0-9a-f]{1,12})-[\w-]{8}")
MILLISECOND = timedelta(milliseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Change = Callable[[Participant], "bool | Begins"]


class BulkAct(StrEnum):
    DONE = "done"
    SNOOZE = "snooze"
    OPEN = "open"
    ASSIGN = "assign"
    TAG = "tag"
    UNTAG = "untag"
    PLACE = "place"  # put into a journey


class Why(StrEnum):
    """What else is to be said of some of them."""

    WROTE = "wrote"  # since the list was shown: they stay as they are
    LEFT = "left"  # not come to: whom they were to be given to has left the team meanwhile
    LATER = "later"  # not come to: it took too long
    NOBODY = "nobody"  # as before, but nobody's: who had them has left the team
    SAID = "said"  # as before, but the first words of the journey are out


@dataclass(frozen=True)
class Outcome:
    """How many are otherwise now, and how many are not: they were so already, are gone, or have
    changed since. `key` undoes it. `why`: of how many something else is to be said; `begins`: when
    the journey begins for how many."""

    key: str
    changed: int
    left: int
    why: "Counter[Why]" = field(default_factory=Counter)
    begins: "Counter[Begins]" = field(default_factory=Counter)


def do(
    actor: User,
    participant_ids: Sequence[int],
    act: BulkAct,
    heard: int | None = None,
    **what: Any,
) -> Outcome:
    """Do it for each of them, MOST at most, and those who are come to in LONGEST_SECONDS.

    What SNOOZE needs is `until` (None: until they write), ASSIGN the `assignee_id` (None:
    nobody), TAG and UNTAG the `tag`, a name, PLACE the `journey_id`. `heard`: the newest message
    that who asks had before them; nobody is DONE or SNOOZED who has written since. Raises Problem
    where a tag is none, NotAssignableError where whom they are to be given to is not of the team,
    and LookupError where nothing of the journey is published.
    """
    what = _found(act, what)
    key = f"{(utcnow() - EPOCH) // MILLISECOND:x}-{secrets.token_urlsafe(6)}"
    ids = sorted(dict.fromkeys(participant_ids[:MOST]))
    changed, come_to = 0, 0
    why: Counter[Why] = Counter()
    begins: Counter[Begins] = Counter()
    ends = time.monotonic() + LONGEST_SECONDS
    for some in parts(ids, OF_A_JOURNEY if act == BulkAct.PLACE else AT_ONCE):
        if time.monotonic() > ends:
            why[Why.LATER] = len(ids) - come_to
            break
        try:
            with transaction():
                change = _change(actor, act, key, what)
                wrote = _wrote(some, heard) if act in (BulkAct.DONE, BulkAct.SNOOZE) else ()
                went = [change(each) for each in locked(some) if each.id not in wrote]
        except attention.NotAssignableError:
            if not come_to:
                raise
            why[Why.LEFT] = len(ids) - come_to
            break
        come_to += len(some)
        changed += sum(map(bool, went))
        begins.update(each for each in went if isinstance(each, Begins))
        why.update(Why.WROTE for _ in wrote)
    return Outcome(key, changed, len(ids) - changed, why, begins)


def parts(ids: Sequence[int], size: int = AT_ONCE) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), size):
        yield ids[begin : begin + size]


def locked(participant_ids: Sequence[int]) -> Sequence[Participant]:
    some = select(Participant).where(Participant.id.in_(participant_ids)).order_by(Participant.id)
    return db.session.scalars(some.with_for_update(of=Participant)).all()


def _found(act: BulkAct, what: dict[str, Any]) -> dict[str, Any]:
    """What is looked up once for all. Raises Problem and LookupError."""
    if act in (BulkAct.TAG, BulkAct.UNTAG):
        with transaction():
            return {"tag_id": tags.find_or_make(what["tag"]).id}
    if act == BulkAct.PLACE:
        version = placing.published(what["journey_id"])
        if version is None:
            raise LookupError(what["journey_id"])
        return {"version_id": version.id}
    return what


def _change(actor: User, act: BulkAct, key: str, what: dict[str, Any]) -> Change:
    """Asked in each writing unit, before its participants are locked."""
    told: Any = {"bulk": key}
    match act:
        case BulkAct.DONE:
            return partial(status.finish, actor=actor, **told)
        case BulkAct.SNOOZE:
            return partial(status.put_off, actor=actor, until=what["until"], **told)
        case BulkAct.OPEN:
            return partial(status.reopen, actor=actor, **told)
        case BulkAct.ASSIGN:
            assignee = attention.assignable(what["assignee_id"])
            return partial(attention.give_to, actor=actor, assignee=assignee, **told)
        case BulkAct.TAG:
            return lambda each: tags.give(actor, each.id, what["tag_id"], **told)
        case BulkAct.UNTAG:
            return lambda each: tags.take(actor, each.id, what["tag_id"], **told)
        case BulkAct.PLACE:
            version = db.session.get_one(JourneyVersion, what["version_id"])
            return partial(_put_in, version=version, actor=actor, told=told)


def _put_in(
    participant: Participant, version: JourneyVersion, actor: User, told: dict[str, str]
) -> bool | Begins:
    """False where they are in it already."""
    if participant.journey_version_id == version.id:
        return False
    return way_back.put_in(participant, version, actor, **told)


def _wrote(participant_ids: Sequence[int], heard: int | None) -> Collection[int]:
    """Those of them who have written since."""
    return status.wrote_since(participant_ids, heard) if heard is not None else ()
