"""What participants are told about their data, and what each agreed to: an event for each step, of
which nothing is ever changed.

They are told it as the settings say it, until an owner publishes a version; from then on that very
text, until they publish the next.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from .. import settings
from ..database import db
from ..models import (
    Consent,
    ConsentEvent,
    ConsentMode,
    JourneyVersion,
    NoticeVersion,
    Participant,
    Purpose,
)

MOST_SHOWN = 50
WORDS_OF_THEIRS = (Consent.GIVEN, Consent.REFUSED, Consent.WITHDRAWN)
NUMBER = NoticeVersion.number

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


NOTHING_SHOWN = Shown()


def is_missing(participant: Participant, version: JourneyVersion | None) -> bool:
    """Whether their journey asks before it begins, and they have not said yes."""
    asks = version is not None and version.consent == ConsentMode.ASK
    return asks and participant.consent != Consent.GIVEN


def may_be_processed(participant: Participant) -> bool:
    """Whether what they say may be given to a model, and their journey go on."""
    version = db.session.get(JourneyVersion, participant.journey_version_id or 0)
    return not participant.is_silent and not is_missing(participant, version)


def may_market(participant: Participant) -> bool:
    """Whether they may be sent what is marketing, as far as they themselves and the team say."""
    serves = participant.consent not in (Consent.REFUSED, Consent.WITHDRAWN)
    agreed = participant.marketing_consent == Consent.GIVEN
    return agreed and serves and not participant.is_silent


def record(
    participant: Participant,
    kind: Consent,
    message_sid: str | None,
    shown: Shown | None = None,
    purpose: Purpose = Purpose.SERVICE,
) -> None:
    """Where they stand now, and the event, as they said it in the chat; inside the caller's
    writing unit.

    `shown`: the notice that comes with it; otherwise it is about the one they were shown last.
    """
    shown = shown or _shown_last(participant)
    keep(participant, purpose, kind, message_sid=message_sid, shown=shown)


def take_back_all(participant: Participant, message_sid: str | None, **how: Any) -> None:
    """They take all back, whatever it is to; the same as `record` and `keep`."""
    shown = _shown_last(participant)
    for purpose in (Purpose.MARKETING, Purpose.SERVICE):
        keep(participant, purpose, Consent.WITHDRAWN, message_sid=message_sid, shown=shown, **how)


def keep(
    participant: Participant,
    purpose: Purpose,
    kind: Consent,
    *,
    message_sid: str | None = None,
    shown: Shown = NOTHING_SHOWN,
    counts: bool = True,
    **how: Any,
) -> None:
    """The event, and where they stand now, unless it `counts` no more. `how` it is known, where it
    was not said in the chat: source, proof, user_id, given_at."""
    if counts and purpose == Purpose.MARKETING:
        participant.marketing_consent = kind
    elif counts:
        participant.consent = kind
    db.session.add(
        ConsentEvent(
            participant_id=participant.id,
            purpose=purpose,
            kind=kind,
            notice_version=shown.wording,
            notice_id=shown.version_id,
            message_sid=message_sid,
            **how,
        )
    )


def history(participant_id: int) -> Sequence[ConsentEvent]:
    """What they said of each purpose, what was said last first: the latest MOST_SHOWN."""
    said_at = func.coalesce(ConsentEvent.given_at, ConsentEvent.created_at)
    return db.session.scalars(
        select(ConsentEvent)
        .where(ConsentEvent.participant_id == participant_id)
        .options(joinedload(ConsentEvent.user), joinedload(ConsentEvent.notice).load_only(NUMBER))
        .order_by(said_at.desc(), ConsentEvent.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def said_last(participant_id: int, purpose: Purpose) -> datetime | None:
    """When they last said something of it."""
    said_at = func.coalesce(ConsentEvent.given_at, ConsentEvent.created_at)
    theirs = (ConsentEvent.participant_id == participant_id, ConsentEvent.purpose == purpose)
    latest = select(ConsentEvent).where(*theirs, ConsentEvent.kind.in_(WORDS_OF_THEIRS))
    event = db.session.scalar(latest.order_by(said_at.desc()).limit(1))
    return event.said_at if event else None


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
