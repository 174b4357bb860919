"""Quick replies: texts that users prepare and call by a shortcut while they write.

One is a user's own, or everybody's. Where both have the same shortcut, one's own comes first.
"""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, or_, select, update

from .. import audit
from ..database import db, folded, one_at_a_time, transaction, utcnow
from ..models import Action, QuickReply, Subject, User
from ..models.quick_reply import BODY_CHARACTERS, SHORTCUT_CHARACTERS
from ..settings.problem import Problem
from . import placeholders

MOST = 500  # shared ones, or of one user
SHOWN = 8  # to choose from while one writes
SHORTCUT = re.compile(r"[\w-]+")
TURN = "quick replies"

NO_SHORTCUT = _l("Write a shortcut first.")
LONG_SHORTCUT = _l("At most %(num)d characters.", num=SHORTCUT_CHARACTERS)
ODD_SHORTCUT = _l("A shortcut is one word of letters, numbers and hyphens.")
TAKEN = _l("There is a quick reply with this shortcut already.")
NO_BODY = _l("Write the text first.")
LONG_BODY = _l("At most %(num)d characters.", num=BODY_CHARACTERS)
TOO_MANY = _l("There are %(num)d quick replies: remove one first.", num=MOST)


class OvertakenError(Exception):
    """It says something else by now: `newer`, or is no longer there for who changes it, where that
    is None."""

    def __init__(self, newer: QuickReply | None) -> None:
        super().__init__()
        self.newer = newer


def everything(user: User) -> Sequence[QuickReply]:
    """Those that `user` may use, by their shortcut; their own before everybody's."""
    order = (QuickReply.shortcut_folded, QuickReply.user_id.is_(None))
    return db.session.scalars(select(QuickReply).where(_usable(user)).order_by(*order)).all()


def found(user: User, typed: str) -> list[QuickReply]:
    """At most SHOWN whose shortcut begins with what is `typed`, or has it in its text; those that
    begin so first, then those that are used most."""
    words = folded(typed.lstrip("/"))
    theirs = [
        each
        for each in everything(user)
        if each.shortcut_folded.startswith(words) or words in folded(each.body)
    ]
    return sorted(theirs, key=lambda each: _rank(each, words))[:SHOWN]


def of_id(user: User, reply_id: int) -> QuickReply | None:
    """None where there is none that `user` may use."""
    one: QuickReply | None = db.session.scalar(
        select(QuickReply).where(QuickReply.id == reply_id, _usable(user))
    )
    return one


def add(actor: User, shortcut: str, body: str, *, shared: bool) -> QuickReply:
    """A new one. Raises Problem, by field."""
    owner = None if shared else actor.id
    with transaction():
        one_at_a_time(TURN)
        values = _checked(owner, shortcut, body)
        if (db.session.scalar(select(func.count(QuickReply.id)).where(_of(owner))) or 0) >= MOST:
            raise Problem({"": TOO_MANY})
        reply = QuickReply(user_id=owner, **values)
        db.session.add(reply)
        db.session.flush()
        audit.record(actor, Action.ADDED, Subject.QUICK_REPLY, reply.id, after=_kept(reply))
    return reply


def version(reply: QuickReply) -> str:
    """Of what it says: another after each change."""
    return reply.changed_at.isoformat()


def change(
    actor: User, reply_id: int, shortcut: str, body: str, *, shared: bool, seen: str
) -> None:
    """What `actor` has changed is its version `seen`. Raises OvertakenError where that is not what
    it says now, or there is no such quick reply any more; and Problem, by field."""
    owner = None if shared else actor.id
    with transaction():
        one_at_a_time(TURN)
        reply = of_id(actor, reply_id)
        if reply is None or version(reply) != seen:
            raise OvertakenError(reply)
        before = _kept(reply), reply.body
        for name, value in _checked(owner, shortcut, body, reply_id).items():
            setattr(reply, name, value)
        reply.user_id = owner
        if before != (_kept(reply), reply.body):
            reply.changed_at = utcnow()
            audit.record(
                actor,
                Action.CHANGED,
                Subject.QUICK_REPLY,
                reply_id,
                before=before[0],
                after=_kept(reply),
            )


def remove(actor: User, reply_id: int) -> bool:
    """False where there is no such quick reply any more."""
    with transaction():
        reply = of_id(actor, reply_id)
        if reply is None:
            return False
        audit.record(actor, Action.REMOVED, Subject.QUICK_REPLY, reply_id, before=_kept(reply))
        db.session.delete(reply)
    return True


def count(user: User, reply_id: int) -> None:
    """It has been sent once more, by `user`; within the writing unit under way, if there is one."""
    with transaction():
        ours = (QuickReply.id == reply_id, _usable(user))
        db.session.execute(update(QuickReply).where(*ours).values(used=QuickReply.used + 1))


def _usable(user: User) -> ColumnElement[bool]:
    return or_(QuickReply.user_id == user.id, QuickReply.user_id.is_(None))


def _of(owner: int | None) -> ColumnElement[bool]:
    return QuickReply.user_id.is_not_distinct_from(owner)


def _rank(reply: QuickReply, words: str) -> tuple[bool, int, str]:
    return not reply.shortcut_folded.startswith(words), -reply.used, reply.shortcut_folded


def _checked(owner: int | None, shortcut: str, body: str, of: int | None = None) -> dict[str, str]:
    """As they are kept; `of`: the quick reply that may have this shortcut already."""
    shortcut, body = shortcut.strip().lstrip("/"), body.replace("\r\n", "\n").strip()
    problems: dict[str, Any] = {}
    same = (QuickReply.shortcut_folded == folded(shortcut)[:SHORTCUT_CHARACTERS], _of(owner))
    if not shortcut:
        problems["shortcut"] = NO_SHORTCUT
    elif len(shortcut) > SHORTCUT_CHARACTERS:
        problems["shortcut"] = LONG_SHORTCUT
    elif not SHORTCUT.fullmatch(shortcut):
        problems["shortcut"] = ODD_SHORTCUT
    elif db.session.scalar(select(QuickReply.id).where(*same, QuickReply.id != of)) is not None:
        problems["shortcut"] = TAKEN
    if not body:
        problems["body"] = NO_BODY
    elif len(body) > BODY_CHARACTERS:
        problems["body"] = LONG_BODY
    elif odd := placeholders.unknown(body):
        problems["body"] = _l("Nothing can be filled in for %(what)s.", what=odd[0])
    if problems:
        raise Problem(problems)
    return {"shortcut": shortcut, "body": body}


def _kept(reply: QuickReply) -> dict[str, Any]:
    """What the audit tells of it."""
    return {
        "shortcut": reply.shortcut,
        "shared": reply.user_id is None,
        "characters": len(reply.body),
    }
