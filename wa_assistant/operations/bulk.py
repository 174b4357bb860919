"""One act for many participants, some at a time, and undone exactly.

Each of them has an entry of the audit that names the act's key. By that the whole is undone; but
who has changed since in what was done to them stays as they are.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import select

from .. import audit
from ..accounts import users
from ..accounts.authority import Act
from ..conversation import attention, status, tags
from ..database import db, transaction, utcnow
from ..models import Action, Participant, User

MOST = 10_000  # participants at once
AT_ONCE = 50  # in one writing unit: others come to write between them
KEY = re.compile(r"([0-9a-f]{1,12})-[\w-]{8}")
MARGIN = timedelta(minutes=1)  # by which two machines' clocks may differ
MILLISECOND = timedelta(milliseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Change = Callable[[Participant], bool]


class BulkAct(StrEnum):
    DONE = "done"
    SNOOZE = "snooze"
    OPEN = "open"
    ASSIGN = "assign"
    TAG = "tag"
    UNTAG = "untag"


class Outcome(NamedTuple):
    """How many are otherwise now, and how many are not: they were so already, are gone, or have
    changed since. `key` undoes it."""

    key: str
    changed: int
    left: int


def do(actor: User, participant_ids: Sequence[int], act: BulkAct, **what: Any) -> Outcome:
    """Do it for each of them, MOST at most.

    What SNOOZE needs is `until` (None: until they write), ASSIGN the `assignee_id` (None:
    nobody), TAG and UNTAG the `tag`, a name. Raises Problem where that is none, and
    NotAssignableError, also where they are put out of the team meanwhile.
    """
    if "tag" in what:
        with transaction():
            what["tag_id"] = tags.find_or_make(what["tag"]).id
    key = f"{(utcnow() - EPOCH) // MILLISECOND:x}-{secrets.token_urlsafe(6)}"
    changed, ids = 0, list(dict.fromkeys(participant_ids))[:MOST]
    for some in _parts(sorted(ids)):
        with transaction():
            change = _change(actor, act, key, what)
            changed += sum(change(each) for each in _locked(some))
    return Outcome(key, changed, len(ids) - changed)


def undo(actor: User, key: str) -> Outcome:
    """Put back who has not changed since; nobody where it is no act of `actor`'s."""
    found = _entries(actor, key)
    changed = 0
    for some in _parts(found):
        with transaction():
            entries = audit.of_ids(some)
            _share(entries)
            people = {each.id: each for each in _locked([int(e.subject_id) for e in entries])}
            for entry in entries:
                participant = people.get(int(entry.subject_id))
                changed += participant is not None and _restore(participant, entry, actor, key)
    return Outcome(key, changed, len(found) - changed)


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


def _restore(participant: Participant, entry: audit.Entry, actor: User, key: str) -> bool:
    before, after = entry.before or {}, entry.after or {}
    told = {"undid": key}
    if entry.action == Action.CHANGED_TAGS:
        if "added" in after:
            return tags.take(actor, participant.id, after["added"], **told)
        return tags.give(actor, participant.id, after["removed"], **told)
    if entry.action != Action.ASSIGNED:
        return status.restore(participant, entry, actor, **told)
    now = participant.assigned_to
    if (now and now.email) != after["to"]:
        return False
    was = users.of_email(before["to"]) if before["to"] else None
    stays = was and users.staying(was.id, Act.SEE_TO_ATTENTION)
    return attention.give_to(participant, actor, stays, **told)


def _share(entries: Sequence[audit.Entry]) -> None:
    """Whom the participants may go back to."""
    ids = [each for entry in entries for each in status.people_before(entry)]
    emails = [(e.before or {}).get("to") for e in entries if e.action == Action.ASSIGNED]
    users.share(User.id.in_(ids), User.email.in_(emails))


def _entries(actor: User, key: str) -> list[int]:
    """The ids of the entries of that act, read from those of `actor` since it began."""
    if (parsed := KEY.fullmatch(key)) is None:
        return []
    return audit.of_bulk(actor, key, EPOCH + int(parsed[1], 16) * MILLISECOND - MARGIN)


def _locked(participant_ids: Sequence[int]) -> Sequence[Participant]:
    some = select(Participant).where(Participant.id.in_(participant_ids)).order_by(Participant.id)
    return db.session.scalars(some.with_for_update(of=Participant)).all()


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), AT_ONCE):
        yield ids[begin : begin + AT_ONCE]
