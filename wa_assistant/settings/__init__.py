"""What an owner may change while the product runs; secrets and hosts are in the environment.

It is read anew each time, by primary key, so that every process goes by what was saved last.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Row, Text, cast, select

from .. import audit, live, logs
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Action, Setting, Subject, User
from . import history, zones
from .definitions import NAMES, READ, FirstDay, Settings, stored
from .problem import Problem, Refused, Words

__all__ = [
    "NAMES",
    "FirstDay",
    "Refused",
    "Settings",
    "change",
    "chosen",
    "columns",
    "current",
    "default_model",
    "having",
    "history",
    "is_as_seen",
    "mark",
    "marks",
    "model_of",
    "note",
    "of",
    "of_row",
    "zones",
]

log = logs.get(__name__)


def current() -> Settings:
    """The settings as they are at this moment."""
    rows = db.session.execute(select(Setting.name, Setting.value))
    return of({row.name: row.value for row in rows})


def columns(names: Sequence[str]) -> list[ColumnElement[Any]]:
    """Those of `names` as columns of whatever statement: so they are read along, and cost none."""
    return [
        select(cast(Setting.value, Text)).where(Setting.name == name).scalar_subquery().label(name)
        for name in names
    ]


def of_row(names: Sequence[str], row: Row[*tuple[Any, ...]]) -> Settings:
    """What owners chose of `names`, from a row with `columns` of these."""
    found = {name: getattr(row, name) for name in names}
    return of({name: json.loads(text) for name, text in found.items() if text is not None})


def having(given: Mapping[str, Any]) -> Settings:
    """The settings as they would be with these, which nobody has saved; raises Refused."""
    return replace(current(), **_read(given))


def chosen() -> frozenset[str]:
    """The names of those that an owner has changed; the others are what the product assumes."""
    return frozenset(db.session.scalars(select(Setting.name)))


def mark(value: Any) -> str:
    """The same for the same value: by it a form tells what its reader had before them."""
    text = json.dumps(stored(value), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def marks(settings: Settings) -> dict[str, str]:
    return {name: mark(getattr(settings, name)) for name in NAMES}


def is_as_seen(name: str, given: Any, seen: Mapping[str, str]) -> bool:
    """Whether a form gives this value back as its reader had it before them."""
    try:
        return mark(READ[name](given)) == seen.get(name)
    except Problem:
        return False


def change(given: Mapping[str, Any], seen: Mapping[str, str], actor: User) -> list[str]:
    """Save what `actor` changed in `given`; the names of what is different now.

    `seen` holds the mark of each value as they saw it. What they left as it was stays as it is,
    whoever has changed it since; what both changed is refused. Raises Refused: then nothing is
    saved.
    """
    values = _read(given)
    with transaction():
        one_at_a_time("settings")
        now = current()
        touched = {name for name in values if mark(values[name]) != seen.get(name)}
        changed = {name for name in touched if values[name] != getattr(now, name)}
        meanwhile = {name for name in changed if mark(getattr(now, name)) != seen.get(name)}
        if meanwhile:
            raise Refused({name: _who(name) for name in meanwhile}, frozenset(meanwhile))
        names = [name for name in NAMES if name in changed]
        for name in names:
            _save(name, getattr(now, name), values[name], actor)
        if names:
            live.changed("settings")
        return names


def note(name: str, value: Any) -> None:
    """Keep what the product itself has found: nobody changed it, so no audit tells it."""
    with transaction():
        one_at_a_time("settings")
        row = db.session.get(Setting, name) or Setting(name=name)
        row.value, row.updated_at, row.updated_by_id = stored(value), utcnow(), None
        db.session.add(row)


def of(rows: Mapping[str, Any]) -> Settings:
    """The settings of these stored values, by name; the others as they are until one chooses."""
    values = {}
    for name in NAMES:
        try:
            if name in rows:
                values[name] = READ[name](rows[name])
        except Problem:  # written by another version, or by hand
            log.warning("a setting holds what cannot be used, its default counts", setting=name)
    return Settings(**values)


def model_of(now: Settings) -> str:
    """Which model answers: the one an owner chose, or else the environment's."""
    return now.model or default_model()


def default_model() -> str:
    return str(current_app.config["OPENAI_MODEL"])


def _read(given: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: dict[str, Words] = {}
    for name, value in given.items():
        try:
            values[name] = READ[name](value)
        except Problem as problem:
            for place, words in problem.places.items():
                problems[f"{name}.{place}" if place else name] = words
    if problems:
        raise Refused(problems, frozenset())
    return values


def _who(name: str) -> Words:
    row = db.session.get(Setting, name)
    colleague = row and row.updated_by
    return _l(
        "%(who)s has changed this meanwhile. Save again to put yours in its place, "
        "or load the page again to see theirs.",
        who=colleague.label if colleague else _l("A colleague"),
    )


def _save(name: str, before: Any, after: Any, actor: User) -> None:
    row = db.session.get(Setting, name) or Setting(name=name)
    row.value, row.updated_at, row.updated_by_id = stored(after), utcnow(), actor.id
    db.session.add(row)
    audit.record(
        actor,
        Action.CHANGED,
        Subject.SETTING,
        name,
        before={"value": stored(before)},
        after={"value": stored(after)},
    )
