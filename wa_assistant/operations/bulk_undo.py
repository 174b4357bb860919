"""Takes back what one act has done to many participants: see bulk.py."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from .. import audit
from ..accounts import users
from ..accounts.authority import Act
from ..conversation import attention, status, tags
from ..database import transaction
from ..journey import way_back
from ..journey.way_back import Back
from ..models import Action, Participant, User
from .bulk import AT_ONCE, EPOCH, KEY, LONGEST_SECONDS, MILLISECOND, Outcome, Why, locked, parts

MARGIN = timedelta(minutes=1)  # by which two machines' clocks may differ


def undo(actor: User, key: str) -> Outcome:
    """Put back who has not changed since; nobody where it is no act of `actor`'s."""
    found = _entries(actor, key)
    changed, come_to = 0, 0
    why: Counter[Why] = Counter()
    ends = time.monotonic() + LONGEST_SECONDS
    for some in parts(found, AT_ONCE):
        if time.monotonic() > ends:
            why[Why.LATER] = len(found) - come_to
            break
        with transaction():
            entries = audit.of_ids(some)
            _share(entries)
            people = {each.id: each for each in locked([int(e.subject_id) for e in entries])}
            for entry in entries:
                participant = people.get(int(entry.subject_id))
                if participant is not None:
                    changed += _restore(participant, entry, actor, key, why)
        come_to += len(some)
    return Outcome(key, changed, len(found) - changed, why)


def _restore(
    participant: Participant, entry: audit.Entry, actor: User, key: str, why: "Counter[Why]"
) -> bool:
    """Whether they are as before; `why` is told what is to be said besides."""
    before, after = entry.before or {}, entry.after or {}
    told = {"undid": key}
    match entry.action:
        case Action.CHANGED_TAGS if "added" in after:
            return tags.take(actor, participant.id, after["added"], **told)
        case Action.CHANGED_TAGS:
            return tags.give(actor, participant.id, after["removed"], **told)
        case Action.PUT_INTO_JOURNEY:
            back = way_back.take_back(participant, entry, actor, **told)
            why[Why.SAID] += back == Back.SAID
            return back != Back.NO
        case Action.ASSIGNED:
            now = participant.assigned_to
            if (now and now.email) != after["to"]:
                return False
            stays = _staying(before["to"])
            why[Why.NOBODY] += bool(before["to"]) and stays is None
            return attention.give_to(participant, actor, stays, **told)
    went = status.restore(participant, entry, actor, **told)
    held = {name: before.get(name) for name in status.PEOPLE}
    lost = any(each and getattr(participant, name) != each for name, each in held.items())
    why[Why.NOBODY] += went and lost
    return went


def _staying(email: str | None) -> User | None:
    was = users.of_email(email) if email else None
    return users.staying(was.id, Act.SEE_TO_ATTENTION) if was else None


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
