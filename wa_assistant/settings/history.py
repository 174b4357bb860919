"""Who changed a setting last, when, and what it was before: so that it can be had back.

What was before stands in the audit, and nowhere else. Going back is a change like any other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from .. import audit
from ..database import db
from ..models import Action, Setting, Subject, User
from .definitions import READ
from .problem import Problem


@dataclass(frozen=True)
class Change:
    """`id` is that of its entry in the audit; `before`: the value as the code works with it, and
    `stored` as JSON holds it."""

    id: int
    name: str
    before: Any
    stored: Any
    at: datetime
    by: User | None = None


def latest(names: Collection[str]) -> dict[str, Change]:
    """The last change of each of these, where what was before can be had back. Two statements."""
    chosen = select(Setting).where(Setting.name.in_(names))
    rows = db.session.scalars(chosen.options(joinedload(Setting.updated_by))).all()
    by = {row.name: row.updated_by for row in rows}
    found = {}
    for each in audit.latest_of_each(Action.CHANGED, Subject.SETTING, by):
        name = each.subject_id
        if change := _change(each.id, name, each.before, each.created_at, by[name]):
            found[name] = change
    return found


def of_id(entry_id: int) -> Change | None:
    """The change that this entry of the audit tells of, where what was before can be had back."""
    found = audit.of_id(entry_id)
    if found is None or (found.subject, found.action) != (Subject.SETTING, Action.CHANGED):
        return None
    return _change(found.id, found.subject_id, found.before, found.created_at)


def _change(
    entry_id: int,
    name: str,
    before: Mapping[str, Any] | None,
    at: datetime,
    by: User | None = None,
) -> Change | None:
    """None where another version has written what this one cannot read."""
    try:
        stored = (before or {})["value"]
        return Change(entry_id, name, READ[name](stored), stored, at, by)
    except (KeyError, Problem):
        return None
