"""What happened in a conversation besides its words, as a sentence."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select

from ...conversation.events import CONSENT, STAGE_BEGUN, STAGE_COMPLETED, Event
from ...database import db
from ...journey import definition
from ...models import Action, Consent, JourneyVersion, Origin, User

# %(who)s is a colleague's name, with which each begins in every language: of several things that
# one did it is said once. Where nobody did it, a sentence of its own.
SENTENCES: Mapping[str, Any] = {
    Action.ASSIGNED: _l("%(who)s assigned it to %(to)s"),
    Action.BLOCKED: _l("%(who)s blocked them"),
    Action.CALLED_FOR_ATTENTION: _l("%(who)s called for a person"),
    Action.CHANGED_TAGS: _l("%(who)s changed the tags"),
    Action.HANDED_BACK: _l("%(who)s handed it back to the assistant"),
    Action.MARKED_DONE: _l("%(who)s marked it as done"),
    Action.MERGED: _l("%(who)s merged another participant into this one"),
    Action.NAMED: _l("%(who)s changed how they are called"),
    Action.OPENED_AGAIN: _l("%(who)s opened it again"),
    Action.PASSED_ON: _l("%(who)s passed it on"),
    Action.PAUSED: _l("%(who)s paused the assistant %(length)s"),
    Action.PUT_INTO_JOURNEY: _l("%(who)s put them into a journey"),
    Action.PUT_INTO_STAGE: _l("%(who)s put them into a stage"),
    Action.RECORDED_CONSENT: _l("%(who)s recorded what they consent to"),
    Action.REOPENED: _l("%(who)s took back that it was resolved"),
    Action.RESOLVED: _l("%(who)s resolved it"),
    Action.RESTARTED_JOURNEY: _l("%(who)s had the journey begin anew"),
    Action.SNOOZED: _l("%(who)s snoozed it %(length)s"),
    Action.TOOK_OVER: _l("%(who)s took over"),
    Action.UNBLOCKED: _l("%(who)s let them write again"),
    Action.WROTE_ALTHOUGH_STOPPED: _l("%(who)s wrote although they had stopped"),
}
TO_NOBODY = _l("%(who)s assigned it to nobody")
BY_ITSELF = {
    Action.CHANGED_TAGS: _l("The tags were changed"),
    Action.MARKED_DONE: _l("Done by itself"),
    Action.OPENED_AGAIN: _l("Opened again by itself"),
    Action.PUT_INTO_JOURNEY: _l("They entered a journey"),
    Action.RESTARTED_JOURNEY: _l("The journey begins anew"),
    Action.SNOOZED: _l("Snoozed by itself"),
}
CONSENTS: Mapping[str, Any] = {
    Consent.ASKED: _l("Consent was asked for"),
    Consent.GIVEN: _l("Consent was given"),
    Consent.REFUSED: _l("Consent was refused; the messages were stopped"),
    Consent.WITHDRAWN: _l("They stopped the messages and withdrew their consent"),
    Consent.RETURNED: _l("They came back"),
}
Versions = Mapping[int, JourneyVersion]


class Told(NamedTuple):
    """Who did it, as their name stands in it, "" where nobody did; and the sentence, without the
    time: "" for what there are no words for."""

    who: str
    words: str


def versions(events: Iterable[Event]) -> Versions:
    """Those that are spoken of, by id: one statement, and none for none."""
    ids = {each.version_id for each in events if each.version_id}
    if not ids:
        return {}
    found = db.session.scalars(select(JourneyVersion).where(JourneyVersion.id.in_(ids)))
    return {each.id: each for each in found}


def told(event: Event, people: Mapping[str, User], known: Versions) -> Told:
    if event.what in (STAGE_BEGUN, STAGE_COMPLETED):
        return Told("", _stage(event, known))
    if event.what.startswith(CONSENT):
        kind = event.what.removeprefix(CONSENT)
        return Told("", str(CONSENTS.get(kind, "")))
    if event.actor in tuple(Origin) and event.what in BY_ITSELF:
        return Told("", str(BY_ITSELF[Action(event.what)]))
    return _act(event, people)


def _act(event: Event, people: Mapping[str, User]) -> Told:
    words = SENTENCES.get(event.what)
    to = event.after.get("to")
    if event.what == Action.ASSIGNED and not to:
        words = TO_NOBODY
    who = _name(event.actor, people)
    facts = {"who": who, "to": to and _name(to, people, object=True), "length": _length(event)}
    return Told(who, (str(words or "") % facts).strip())


def _name(address: str, people: Mapping[str, User], *, object: bool = False) -> str:
    user = people.get(address)
    if user is not None and user.id == current_user.id:
        return str(_("you") if object else _("You"))
    if user is not None:
        return user.label
    return str(_("The system")) if address in tuple(Origin) else address.partition("@")[0]


def _length(event: Event) -> str:
    """Of a pause or a snooze."""
    minutes, until = event.after.get("minutes"), _moment(event.after.get("snoozed_until"))
    if minutes:
        return str(_("for %(minutes)s min", minutes=minutes))
    if until:
        return str(_("until %(moment)s", moment=format_datetime(until, "short")))
    if event.what == Action.SNOOZED:
        return str(_("until they write"))
    return str(_("until resumed")) if event.what == Action.PAUSED else ""


def _moment(written: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except (TypeError, ValueError):
        return None


def _stage(event: Event, known: Versions) -> str:
    version = known.get(event.version_id or 0)
    stages = definition.read(version.stages) if version else []
    names = {each.key: each.name for each in stages}
    facts = {"stage": names.get(event.stage, event.stage)}
    if version is None:
        return facts["stage"]
    facts["journey"] = version.journey.name
    if event.what == STAGE_BEGUN:
        if stages and stages[0].key == event.stage:
            return str(_("The journey “%(journey)s” began, with “%(stage)s”", **facts))
        return str(_("The stage “%(stage)s” began", **facts))
    if stages and stages[-1].key == event.stage:
        return str(_("“%(stage)s” was completed, and with it the journey “%(journey)s”", **facts))
    return str(_("The stage “%(stage)s” was completed", **facts))
