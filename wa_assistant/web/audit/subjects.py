"""What the entries of a page were done to: how that is called now, and where it is shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import select

from ...audit.reading import Entry
from ...database import db
from ...models import Document, Field, GoldenQuestion, Journey, Participant, Sector, Subject, User
from .. import access
from .setting_names import setting_endpoint, setting_name


class Named(NamedTuple):
    """`href` is empty where it is shown nowhere, any more or at all."""

    name: str
    href: str = ""


class Shown(NamedTuple):
    """A kind of thing that has rows: what a row is called, and the page about it."""

    table: type[Any]
    name: str
    endpoint: str
    argument: str = ""


ROWS = {
    Subject.DOCUMENT: Shown(Document, "name", "knowledge.show", "document_id"),
    Subject.FIELD: Shown(Field, "name", "fields.index"),
    Subject.GOLDEN_QUESTION: Shown(GoldenQuestion, "question", "knowledge.golden_set"),
    Subject.JOURNEY: Shown(Journey, "name", "journeys.show", "journey_id"),
    Subject.PARTICIPANT: Shown(Participant, "label", "conversations.show", "participant_id"),
    Subject.SECTOR: Shown(Sector, "name", "sectors.index"),
}
PAGES: dict[str, str] = {
    Subject.ALERT: "alerts.index",
    Subject.AUDIT: "audit.index",
    Subject.KNOWLEDGE: "knowledge.index",
    Subject.MODEL_SERVER: "model.show",
    Subject.NOTICE: "privacy.show",
    Subject.PRICE: "prices.index",
    Subject.SCHEDULED_JOB: "work.index",
    Subject.SPENDING: "limits.index",
}


def named(entries: Iterable[Entry]) -> dict[int, Named]:
    """By the id of the entry; one statement for each kind of thing there is among them."""
    wanted = defaultdict(set)
    entries = list(entries)
    for each in entries:
        wanted[each.subject].add(each.subject_id)
    found = {str(kind): _rows(each, wanted[kind]) for kind, each in ROWS.items() if wanted[kind]}
    found[Subject.USER] = people(wanted[Subject.USER])
    return {each.id: _named(each, found) for each in entries}


def people(emails: Iterable[str]) -> dict[str, Named]:
    """Colleagues, by their e-mail addresses."""
    rows = db.session.scalars(select(User).where(User.email.in_(emails)))
    return {each.email: Named(each.label, _open("people.show", user_id=each.id)) for each in rows}


def _rows(shown: Shown, ids: Iterable[str]) -> dict[str, Named]:
    numbers = [int(each) for each in ids if each.isdecimal() and int(each) <= access.LARGEST_ID]
    rows = db.session.scalars(select(shown.table).where(shown.table.id.in_(numbers)))
    return {str(row.id): Named(getattr(row, shown.name), _page(shown, row.id)) for row in rows}


def _page(shown: Shown, row_id: int) -> str:
    given: dict[str, Any] = {shown.argument: row_id} if shown.argument else {}
    return _open(shown.endpoint, **given)


def _named(entry: Entry, found: Mapping[str, Mapping[str, Named]]) -> Named:
    known = found.get(entry.subject, {}).get(entry.subject_id)
    if known:
        return known
    if entry.subject == Subject.SETTING:
        name = setting_name(entry.subject_id)
        return Named(f"“{name}”", _open(setting_endpoint(entry.subject_id)))
    page = PAGES.get(entry.subject)
    return Named(_as_it_was(entry), _open(page) if page else "")


def _open(endpoint: str, **given: Any) -> str:
    """The address of a page; "" where it is not open to who looks."""
    return url_for(endpoint, **given) if access.opens(endpoint) else ""


def _as_it_was(entry: Entry) -> str:
    """Of what is gone, or has no name: as it was called then, or its id."""
    then = (entry.after or {}).get("name") or (entry.before or {}).get("name")
    return str(then) if isinstance(then, str) and then else entry.subject_id
