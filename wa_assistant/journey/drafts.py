"""A journey is edited in a draft, which changes nobody's conversation until it is published.

Each change names the revision it was made from: who saves over a colleague's newer one is
refused, and shown theirs. Revisions count on from one draft of a journey to the next, so that a
draft a colleague began meanwhile is not taken for the one that was seen. Nothing is deleted: a
discarded draft stays with whoever tried it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from .. import audit, live
from ..database import db, transaction, utcnow
from ..models import Action, ConsentMode, Journey, JourneyVersion, Subject, User, VersionState
from .checks import Problem, event_problems, name_problems, problems, publishing_problems
from .definition import Stage, read, written

LANGUAGES = ("pt", "en")
FIRST_STAGE = {"pt": Stage("inicio", "Início"), "en": Stage("start", "Start")}


@dataclass(frozen=True)
class Content:
    """All of a journey that its draft changes. The name is the team's, and is so at once."""

    name: str
    language: str
    stages: Sequence[Stage]
    consent: str = ConsentMode.NOTIFY
    event_date: date | None = None


class Stale(Exception):
    """A colleague was there before; `newer` is the version as it is now, `who` made it when."""

    def __init__(self, newer: JourneyVersion, who: str) -> None:
        super().__init__(f"version {newer.id} is at revision {newer.revision}")
        self.newer, self.who = newer, who
        self.at: datetime = newer.updated_at
        self.is_draft = newer.is_draft


class Refused(Exception):
    """What is wrong, by the field: see checks.problems."""

    def __init__(self, found: dict[str, Problem]) -> None:
        super().__init__(", ".join(f"{field}: {problem}" for field, problem in found.items()))
        self.problems = found


def create(
    actor: User, name: str, language: str, like: Content | None = None
) -> tuple[Journey, JourneyVersion]:
    """A new journey with its draft: of one empty stage, or `like` another one."""
    first = FIRST_STAGE.get(language, FIRST_STAGE["en"])
    content = replace(like or Content(name, language, [first]), name=name, language=language)
    _check(content)
    with transaction():
        journey = Journey(name=name.strip())
        db.session.add(journey)
        db.session.flush()
        version = _add_draft(journey, content, actor)
        what = {"name": journey.name}
        audit.record(actor, Action.CREATED, Subject.JOURNEY, journey.id, after=what)
        live.changed("journeys")
    return journey, version


def start_draft(actor: User, journey_id: int) -> JourneyVersion:
    """The journey's draft, which there is already or begins as what is published."""
    with transaction():
        journey = db.session.get_one(Journey, journey_id, with_for_update=True)
        draft = _of_state(journey_id, VersionState.DRAFT)
        if draft is not None:
            return draft
        published = _of_state(journey_id, VersionState.PUBLISHED)
        published = published or _of_state(journey_id, VersionState.DISCARDED)
        if published is None:
            raise LookupError(f"journey {journey_id} has no version")
        draft = _add_draft(journey, content_of(published), actor)
        what = {"version": draft.number}
        audit.record(actor, Action.BEGAN_DRAFT, Subject.JOURNEY, journey_id, after=what)
        live.changed("journeys")
    return draft


def save(actor: User, version_id: int, revision: int, content: Content) -> JourneyVersion:
    """The draft is now `content`. Raises Stale, or Refused; then nothing of it is saved."""
    _check(content)
    with transaction():
        version = _claim(version_id, revision)
        changed = _fill(version, content)
        if not changed:
            return version
        _touch(version, actor)
        what = {"fields": changed}
        audit.record(actor, Action.CHANGED_DRAFT, Subject.JOURNEY, version.journey_id, after=what)
        live.changed("journeys")
    return version


def publish(actor: User, version_id: int, revision: int) -> JourneyVersion:
    """From now on newcomers enter this version; who is under way stays on theirs.

    Raises Refused where it is not complete, and Stale where it is not what `actor` has seen.
    """
    with transaction():
        version = _claim(version_id, revision)
        found = publishing_problems(read(version.stages), version.event_date)
        if found:
            raise Refused(found)
        version.state = VersionState.PUBLISHED
        version.published_at, version.published_by_id = utcnow(), actor.id
        what = {"version": version.number}
        audit.record(actor, Action.PUBLISHED_DRAFT, Subject.JOURNEY, version.journey_id, after=what)
        live.changed("journeys")
    return version


def discard(actor: User, version_id: int, revision: int) -> None:
    """The draft is over. A journey that has nothing else is no longer listed."""
    with transaction():
        version = _claim(version_id, revision)
        version.state = VersionState.DISCARDED
        _touch(version, actor)
        gone = {"version": version.number}
        audit.record(
            actor, Action.DISCARDED_DRAFT, Subject.JOURNEY, version.journey_id, before=gone
        )
        live.changed("journeys")


def content_of(version: JourneyVersion) -> Content:
    """What `version` says, to be changed and saved."""
    return Content(
        version.journey.name,
        version.language,
        read(version.stages),
        version.consent,
        version.event_date,
    )


def _check(content: Content) -> None:
    found = problems(content.stages)
    found |= name_problems(content.name) | event_problems(content.event_date)
    if content.language not in LANGUAGES:
        found["language"] = Problem.MISSING
    if content.consent not in list(ConsentMode):
        found["consent"] = Problem.MISSING
    if found:
        raise Refused(found)


def _claim(version_id: int, revision: int) -> JourneyVersion:
    """The draft, locked, as it is at `revision`."""
    version = db.session.get_one(JourneyVersion, version_id, with_for_update={"of": JourneyVersion})
    if not version.is_draft or version.revision != revision:
        by = version.published_by_id or version.updated_by_id
        colleague = db.session.get(User, by) if by else None
        raise Stale(version, colleague.label if colleague else "")
    return version


def _fill(version: JourneyVersion, content: Content) -> list[str]:
    """Writes what differs; the names of the fields that did."""
    version.journey.name, was = content.name.strip(), version.journey.name
    changed = ["name"] if was != version.journey.name else []
    values = {
        "language": content.language,
        "event_date": content.event_date,
        "consent": str(content.consent),
        "stages": written(content.stages),
    }
    for field, value in values.items():
        if getattr(version, field) != value:
            setattr(version, field, value)
            changed.append(field)
    return changed


def _add_draft(journey: Journey, content: Content, actor: User | None) -> JourneyVersion:
    last = select(func.max(JourneyVersion.number), func.max(JourneyVersion.revision))
    number, revision = db.session.execute(last.where(JourneyVersion.journey_id == journey.id)).one()
    version = JourneyVersion(
        journey=journey,
        number=(number or 0) + 1,
        revision=(revision or 0) + 1,
        state=VersionState.DRAFT,
    )
    db.session.add(version)
    _fill(version, content)
    version.updated_by_id = actor and actor.id
    db.session.flush()
    return version


def _touch(version: JourneyVersion, actor: User) -> None:
    version.revision += 1
    version.updated_at, version.updated_by_id = utcnow(), actor.id


def _of_state(journey_id: int, state: VersionState) -> JourneyVersion | None:
    """The newest of that state."""
    return db.session.scalar(
        select(JourneyVersion)
        .where(JourneyVersion.journey_id == journey_id, JourneyVersion.state == state)
        .order_by(JourneyVersion.number.desc())
        .limit(1)
    )
