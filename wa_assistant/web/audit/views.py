"""The audit as a page: a sentence an entry, the newest first, and what shows that none is changed.

Owners alone read it: it tells who has read which conversation.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import to_user_timezone

from ...accounts import users
from ...accounts.authority import Act
from ...audit import chain, reading
from ...audit.reading import Entry
from ...audit.verify import Fault
from ...conversation.reading import Place
from ...models import Origin
from .. import access
from . import filters, words
from .changes import Change, changes
from .subjects import Named, named, people
from .words import Part

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


class Line(NamedTuple):
    """An entry as it is told."""

    entry: Entry
    parts: list[Part]
    changes: list[Change]


@blueprint.get("")
@access.may(Act.READ_AUDIT)
def index() -> ResponseReturnValue:
    fields = filters.typed(request.args)
    which, problems = filters.chosen(fields)
    before = request.args.get("before", type=Place.parse)
    entries, older = reading.page(which, (before.at, before.id) if before else None)
    asked: dict[str, Any] = {name: value for name, value in fields.items() if value}
    return render_template(
        "audit/index.html",
        days=[(day, list(found)) for day, found in groupby(_lines(entries), _day)],
        fields=fields,
        problems=problems,
        asked=asked,
        people=_people(fields["who"]),
        actions=words.actions(),
        kinds=words.kinds(),
        state=chain.state(),
        Fault=Fault,
        first=url_for(".index", **asked) if before else "",
        older=url_for(".index", **asked, before=str(Place(*older))) if older else "",
    )


def _lines(entries: Sequence[Entry]) -> list[Line]:
    subjects = named(entries)
    who = people({each.actor for each in entries})
    return [
        Line(each, words.told(each, _who(each, who), subjects[each.id]), changes(each))
        for each in entries
    ]


def _who(entry: Entry, known: dict[str, Named]) -> str:
    if entry.actor in words.ORIGINS:
        name = words.origin(entry.actor)
        return name[:1].upper() + name[1:]  # it begins a sentence
    return known[entry.actor].name if entry.actor in known else entry.actor


def _day(line: Line) -> date:
    when: datetime = to_user_timezone(line.entry.created_at)
    return when.date()


def _people(chosen: str) -> list[tuple[str, str]]:
    """Who can have done something: the team, whoever they were, and the command line."""
    found = [(each.email, f"{each.label} ({each.email})") for each in users.everybody()]
    found.append((str(Origin.COMMAND_LINE), words.origin(Origin.COMMAND_LINE)))
    known = {email for email, _ in found}
    return found if not chosen or chosen in known else [*found, (chosen, chosen)]
