"""What participants are told about their data, and what each agreed to: an event for each step, of
which nothing is ever changed.

They are told it as the settings say it, until an owner publishes a version; from then on that very
text, until they publish the next.
"""

import hashlib
from typing import NamedTuple

from flask import current_app
from sqlalchemy import select

from .. import settings
from ..database import db
from ..models import (
    Consent,
    ConsentEvent,
    ConsentMode,
    JourneyVersion,
    NoticeVersion,
    Participant,
)

# The settings that a notice is made of.
PARTS = (
    "company",
    "purpose",
    "privacy_contact",
    "countries",
    "retention",
    "legal_basis",
    "notice_extra",
)
NEUTRAL = {
    "pt": {
        "company": "nossa empresa",
        "purpose": "Responder a você",
        "countries": "Servidores no Brasil e no exterior",
    },
    "en": {
        "company": "our company",
        "purpose": "To answer you",
        "countries": "Servers in Brazil and abroad",
    },
}
PAGES = {"pt": "pt_BR", "en": "en"}  # the page about privacy, in the journey's language


class Shown(NamedTuple):
    """Which wording of the notice they were shown, and the published version that it led to."""

    wording: str | None = None
    version_id: int | None = None


def is_missing(participant: Participant, version: JourneyVersion | None) -> bool:
    """Whether their journey asks before it begins, and they have not said yes."""
    asks = version is not None and version.consent == ConsentMode.ASK
    return asks and participant.consent != Consent.GIVEN


def may_be_processed(participant: Participant) -> bool:
    """Whether what they say may be given to a model, and their journey go on."""
    version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    return participant.stopped_at is None and not is_missing(participant, version)


def record(
    participant: Participant, kind: Consent, message_sid: str | None, shown: Shown | None = None
) -> None:
    """Where they stand now, and the event; inside the caller's writing unit.

    `shown`: the notice that comes with it; otherwise it is about the one they were shown last.
    """
    participant.consent = kind
    shown = shown or _shown_last(participant)
    db.session.add(
        ConsentEvent(
            participant_id=participant.id,
            kind=kind,
            notice_version=shown.wording,
            notice_id=shown.version_id,
            message_sid=message_sid,
        )
    )


def _shown_last(participant: Participant) -> Shown:
    """The latest notice in their events."""
    theirs = (
        ConsentEvent.participant_id == participant.id,
        ConsentEvent.notice_version.is_not(None),
    )
    columns = (ConsentEvent.notice_version, ConsentEvent.notice_id)
    latest = select(*columns).where(*theirs).order_by(ConsentEvent.id.desc()).limit(1)
    found = db.session.execute(latest).first()
    return Shown(*found) if found else Shown()


def current() -> NoticeVersion | None:
    """The one that holds; None until one is published."""
    return db.session.scalar(select(NoticeVersion).order_by(NoticeVersion.number.desc()).limit(1))


def chosen() -> dict[str, str]:
    """What the settings say of us, by PARTS."""
    now = settings.current()
    return {name: getattr(now, name) for name in PARTS}


def facts_of(published: NoticeVersion | None) -> dict[str, str]:
    """What that version says of us, or what the settings do while none is published."""
    return (
        chosen() if published is None else {name: published.facts.get(name, "") for name in PARTS}
    )


def facts(language: str, published: NoticeVersion | None) -> dict[str, str]:
    """What a notice says of us, as it was published: in neutral words what is empty. Its link leads
    to that very version, so that what they agree to can be read later, too."""
    told = facts_of(published)
    found = {name: _line(told[name]) or words for name, words in NEUTRAL[language].items()}
    page = f"{current_app.config['PUBLIC_URL']}/privacy"
    page += f"/{published.number}" if published else ""
    return {**found, "link": f"{page}?language={PAGES[language]}"}


def _line(words: str) -> str:
    """As it stands in a line of its own: owners write sentences, or a few words."""
    return " ".join(words.split()).rstrip(". ")


def as_shown(notice: str, published: NoticeVersion | None) -> Shown:
    """What a message of these words shows, which were made of the facts of `published`."""
    wording = hashlib.sha256(notice.encode()).hexdigest()[:16]
    return Shown(wording, published.id if published else None)
