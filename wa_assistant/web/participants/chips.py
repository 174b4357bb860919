"""What the list is filtered by, in words, each with the address of the list without it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _

from ...conversation.selection import NONE, Selection
from .known import Known
from .words import CONSENTS, LANGUAGES, MARKETING, STATUSES, WINDOWS, field_value, yes_or_no

Address = Callable[[Selection], str]


class Chip(NamedTuple):
    words: str
    href: str


def of(known: Known, address: Address) -> list[Chip]:
    """In the order of the form."""
    which = known.which
    return [Chip(str(words), address(replace(which, **without))) for words, without in _said(known)]


def _said(known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    which = known.which
    if which.q:
        yield f"“{which.q}”", {"q": ""}
    yield from _listed(which)
    yield from _journey(known)
    names = {each.id: each.name for each in known.tags} if which.tag else {}
    for tag_id in which.tag:
        yield names.get(tag_id, "?"), {"tag": tuple(each for each in which.tag if each != tag_id)}
    yield from _fields(known)
    if which.assigned:
        yield _("Assigned to: %(value)s", value=_assigned(known)), {"assigned": ""}
    if which.window:
        yield str(WINDOWS[which.window]), {"window": ""}
    yield from _days(which)
    if which.simulated:
        yield _("Simulated"), {"simulated": False}


def _listed(which: Selection) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, label, words in (
        ("status", _("Status"), STATUSES),
        ("consent", _("Consent"), CONSENTS),
        ("marketing", _("Marketing"), MARKETING),
        ("language", _("Language"), LANGUAGES),
    ):
        if values := getattr(which, name):
            yield f"{label}: {', '.join(str(words[each]) for each in values)}", {name: ()}


def _journey(known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    which = known.which
    if which.journey:
        name = _("none") if which.journey == NONE else known.journeys[int(which.journey)]
        yield _("Journey: %(value)s", value=name), {"journey": "", "version": "", "stage": ""}
    if which.version:
        number = next(each.number for each in known.versions if str(each.id) == which.version)
        yield _("Version %(number)s", number=number), {"version": ""}
    if which.stage:
        name = _("none") if which.stage == NONE else known.stages.get(which.stage, which.stage)
        yield _("Stage: %(value)s", value=name), {"stage": ""}


def _fields(known: Known) -> Iterator[tuple[str, dict[str, Any]]]:
    names = {each.id: each for each in known.fields} if known.which.fields else {}
    for asked in known.which.fields:
        field = names[asked.field_id]
        left = tuple(each for each in known.which.fields if each != asked)
        said = [field_value(each, field) for each in asked.values]
        ends = [field_value(each, field) if each else "" for each in (asked.since, asked.until)]
        said += [_between(*ends)] if any(ends) else []
        said += [yes_or_no(asked.filled)] if asked.filled else []
        yield f"{field.name}: {', '.join(said)}", {"fields": left}


def _days(which: Selection) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, label in (("created", _("Here since")), ("active", _("Last activity"))):
        ends = [getattr(which, f"{name}_{end}") for end in ("from", "to")]
        if any(ends):
            words = _between(*(_day(each) for each in ends))
            yield f"{label}: {words}", {f"{name}_from": None, f"{name}_to": None}


def _between(since: str, until: str) -> str:
    if since and until:
        return str(_("%(since)s to %(until)s", since=since, until=until))
    return str(_("from %(since)s", since=since) if since else _("until %(until)s", until=until))


def _day(day: date | None) -> str:
    return str(format_date(day, "short")) if day else ""


def _assigned(known: Known) -> str:
    if known.which.assigned == NONE:
        return str(_("nobody"))
    found = (each.label for each in known.users if str(each.id) == known.which.assigned)
    return next(found, "?")
