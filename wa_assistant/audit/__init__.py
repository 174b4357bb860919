"""The one way an entry of the audit is written, and read back by what has to know it.

It stands in the writing unit of what it tells of: there is never one without the other.

An actor is a User, or the Origin that acts by itself. What only a person may do takes a User, and
the types hold its callers to that; what the command line does, too, takes an Actor. Where it is
done from follows from the actor, so that no verb has to be told: a user acts at the dashboard. A
second way in for users would hand its `origin` on.

The network address is known at the edge alone. web/ says once for an application who knows it
(`places_from`), and that is asked with each entry: no verb sees a request, and none can forget to
hand an address on.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import and_, func, or_, select

from ..database import db, writing
from ..models import Action, AuditEntry, Origin, Subject, User

Actor = User | Origin
Entry = AuditEntry
LONGEST_PLACE = 45  # of an IPv6 address that holds an IPv4 one
PLACE = "wa_assistant.place"


def places_from(app: Flask, address: Callable[[], str]) -> None:
    """`address` tells from which network address something is done; "" where from none."""
    app.extensions[PLACE] = address


def record(
    actor: Actor,
    action: Action,
    subject: Subject,
    subject_id: int | str = "",
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    origin: Origin | None = None,
) -> None:
    """Write down, in the writing unit under way, what `actor` does to the subject of that id.

    `before` and `after`: what is changed by it, as JSON holds it; never what a participant has
    said. Raises RuntimeError outside of a writing unit.
    """
    usual = Origin.DASHBOARD if isinstance(actor, User) else actor
    entry = AuditEntry(
        actor=name_of(actor),
        action=action,
        subject=subject,
        subject_id=str(subject_id),
        before=before,
        after=after,
        origin=origin or usual,
        place=current_app.extensions[PLACE]()[:LONGEST_PLACE],
    )
    writing().add(entry)


def latest(
    action: Action, subject: Subject, subject_id: int | str, **after: int
) -> AuditEntry | None:
    """When this was last done to the subject of that id, by whom; None where it never was.

    `after`: what it says there, too.
    """
    said = (AuditEntry.after[name].as_integer() == value for name, value in after.items())
    return db.session.scalar(
        select(AuditEntry)
        .where(
            AuditEntry.subject == subject,
            AuditEntry.subject_id == str(subject_id),
            AuditEntry.action == action,
            *said,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def latest_of(
    actions: Collection[Action], subject: Subject, subject_id: int | str
) -> AuditEntry | None:
    """What was done last of these to the subject of that id; None where nothing was."""
    which = (AuditEntry.subject == subject, AuditEntry.subject_id == str(subject_id))
    found = select(AuditEntry).where(*which, AuditEntry.action.in_(actions))
    return db.session.scalar(found.order_by(AuditEntry.id.desc()).limit(1))


def of_bulk(actor: User, key: str, since: datetime) -> list[int]:
    """The ids of the entries of an act of `actor`'s for many participants that has this key, and
    began at `since` or later."""
    told = AuditEntry.after["bulk"].as_string() == key
    when = (AuditEntry.actor == name_of(actor), AuditEntry.created_at >= since)
    found = select(AuditEntry.id).where(*when, AuditEntry.subject == Subject.PARTICIPANT, told)
    return list(db.session.scalars(found.order_by(AuditEntry.id)))


def of_ids(entry_ids: Collection[int]) -> Sequence[AuditEntry]:
    return db.session.scalars(select(AuditEntry).where(AuditEntry.id.in_(entry_ids))).all()


def latest_of_each(
    action: Action, subject: Subject, subject_ids: Collection[str]
) -> Sequence[AuditEntry]:
    """When this was last done to each of these, in one statement."""
    newest = (
        select(func.max(AuditEntry.id))
        .where(
            AuditEntry.subject == subject,
            AuditEntry.subject_id.in_(subject_ids),
            AuditEntry.action == action,
        )
        .group_by(AuditEntry.subject_id)
    )
    return db.session.scalars(select(AuditEntry).where(AuditEntry.id.in_(newest))).all()


def about(subject: Subject, subject_ids: Collection[str], but: dict[Action, datetime]) -> set[str]:
    """Of which of these anything is written down, `but` what was done of this until then."""
    passed = (
        and_(AuditEntry.action == act, AuditEntry.created_at <= at) for act, at in but.items()
    )
    return set(
        db.session.scalars(
            select(AuditEntry.subject_id).where(
                AuditEntry.subject == subject,
                AuditEntry.subject_id.in_(subject_ids),
                ~or_(*passed),
            )
        )
    )


def of_id(entry_id: int) -> AuditEntry | None:
    return db.session.get(AuditEntry, entry_id)


def name_of(actor: Actor) -> str:
    """As rows name who made them: a user's e-mail address, or the origin's own name."""
    return actor.email if isinstance(actor, User) else str(actor)
