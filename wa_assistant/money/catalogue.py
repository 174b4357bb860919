"""Every price there is, as owners look through them: ours, theirs, and those that are missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select

from .. import settings
from ..database import db
from ..models import Price, PriceKind, User
from . import prices
from .lines import Line, What

# What the configuration names a model for; which one answers an owner may choose.
IN_USE = {
    PriceKind.TOKENS: "OPENAI_MODEL",
    PriceKind.TRANSCRIPTION: "OPENAI_TRANSCRIPTION_MODEL",
    PriceKind.EMBEDDING: "OPENAI_EMBEDDING_MODEL",
}


@dataclass(frozen=True)
class Entry:
    """What has a price, or should: `line` is None where none is known today.

    `coming` are those that owners have said for later days, the next first.
    """

    what: What
    line: Line | None
    coming: tuple[Line, ...]
    in_use: bool


def entries() -> list[Entry]:
    """What is in use first, then what is missing, then the newest."""
    today = prices.today()
    prices.forget()  # what was saved a moment ago, by whichever process, is to be seen
    lines, said = prices.lines(today), prices.owners()
    used = {_used(kind, today) for kind in IN_USE if current_app.config["OPENAI_CONNECTED"]}
    later = [line for line in said if line.since > today]
    found = [
        Entry(what, lines.get(what), _coming(lines.get(what), what, later), what in used)
        for what in {*lines, *used, *(line.what for line in later)}
    ]
    return sorted(found, key=_order)


def said_by(found: Iterable[Entry]) -> dict[int, str]:
    """Who said each price that is an owner's, by the row's id."""
    lines = [line for each in found for line in (each.line, *each.coming)]
    ids = [line.id for line in lines if line and line.id]
    rows = db.session.execute(
        select(Price.id, User).join(User, User.id == Price.user_id).where(Price.id.in_(ids))
    )
    return {id_: user.label for id_, user in rows}


def _used(kind: PriceKind, today: date) -> What:
    model = current_app.config[IN_USE[kind]]
    if kind is PriceKind.TOKENS:
        model = settings.model_of(settings.current())
    line = prices.line_of(kind, model, today)
    return line.what if line else What(kind, model)


def _order(entry: Entry) -> tuple[bool, bool, int, list[str]]:
    age = -entry.line.since.toordinal() if entry.line else 0
    return not entry.in_use, entry.line is not None, age, list(map(str, entry.what))


def _coming(now: Line | None, what: What, later: list[Line]) -> tuple[Line, ...]:
    """The last word of each day, where it changes what counted before."""
    said = sorted((each for each in later if each.what == what), key=lambda e: (e.since, e.id or 0))
    before, found = now.price if now else None, []
    for line in {each.since: each for each in said}.values():
        if line.price != before:
            found.append(line)
        before = line.price
    return tuple(found)
