"""Which journey a participant enters, where they are in it, and how they come through it.

Code alone moves them on: from one stage to the next when all that is required has been said, or
when a later one's time comes. A time that was past before they were asked that far skips nothing:
that stage begins in its turn. Times are the participant's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Integer, ScalarSelect, String, bindparam, exists, func, or_, select

from .. import live, settings
from ..conversation import fixed_texts, languages, outbox
from ..conversation.fixed_texts import ENGLISH, PORTUGUESE
from ..database import db, folded
from ..models import (
    Author,
    Journey,
    JourneyVersion,
    Keyword,
    Participant,
    StageVisit,
    VersionState,
)
from ..models.journey import KEYWORD_CHARACTERS
from ..models.participant import speaks_portuguese
from ..privacy import consent
from . import definition
from .definition import Stage
from .given import answered

# Until an owner chooses: each enters the one in their language, if it is published.
SUPPORT_DESKS = {language: f"support-desk:{language}" for language in (PORTUGUESE, ENGLISH)}
SIGNS = " .,;:!?…'\"“”‘’*_-"
LONGEST_READ = 2 * KEYWORD_CHARACTERS  # no longer text is looked for among the keywords


class Entered(NamedTuple):
    """Where somebody is who writes, and the id of another journey whose keyword they wrote."""

    version: JourneyVersion | None
    keyword_of: int | None = None


def enter(participant: Participant, text: str) -> Entered:
    """Unless they have been put into one already, or out of all; `text` is what they write.

    What a keyword leads to is read along with their version, and so costs no statement.
    """
    word = {"word": keyword_of(text[:LONGEST_READ]) if len(text) <= LONGEST_READ else ""}
    if participant.journey_version_id is not None:
        theirs = {**word, "version": participant.journey_version_id}
        version, other = db.session.execute(STANDING, theirs).one()
        return Entered(version, None if other == version.journey_id else other)
    if found := db.session.scalar(LEADS_TO, word):
        return Entered(None, found)
    if participant.left_journeys_at is not None:
        return Entered(None)
    portuguese = speaks_portuguese(participant.phone)
    spoken = PORTUGUESE if portuguese else languages.language(text, ENGLISH)
    entered = newcomers(participant.language or spoken)
    participant.journey_version_id = None if entered is None else entered.id
    return Entered(entered)


def keyword_of(text: str) -> str:
    """A text as keywords are compared: folded, and without the signs around it."""
    return folded(text).strip(SIGNS)


def _leads_to() -> ScalarSelect[int]:
    """The journey whose keyword the `word` is, if something of it is published."""
    published = exists().where(
        JourneyVersion.journey_id == Keyword.journey_id,
        JourneyVersion.state == VersionState.PUBLISHED,
    )
    is_it = Keyword.word_folded == bindparam("word", type_=String)
    return select(Keyword.journey_id).where(is_it, published).scalar_subquery()


# Made once, for each message asks one of them: to put it together costs more than to ask it.
LEADS_TO = select(_leads_to())
STANDING = select(JourneyVersion, _leads_to()).where(
    JourneyVersion.id == bindparam("version", type_=Integer)
)


def newcomers(language: str) -> JourneyVersion | None:
    """The newest published version of the journey that newcomers of this language enter."""
    chosen = settings.current().newcomers_journey
    desks = Journey.starter.in_(SUPPORT_DESKS.values())
    theirs = Journey.starter == SUPPORT_DESKS[language]
    return db.session.scalar(
        select(JourneyVersion)
        .join(Journey)
        .where(
            Journey.id == chosen if chosen else desks,
            JourneyVersion.state == VersionState.PUBLISHED,
        )
        .order_by(theirs.desc(), JourneyVersion.number.desc())
        .limit(1)
    )


def entered() -> set[int]:
    """The ids of the journeys that newcomers enter, whatever their language."""
    found = (newcomers(language) for language in SUPPORT_DESKS)
    return {version.journey_id for version in found if version is not None}


@dataclass(frozen=True)
class Place:
    """A participant in a version: its stages, and the index of theirs.

    `index` None: between two stages or past the last one, where the support behaviour answers.
    `begun`: the journey has begun; if not, `index` is that of the stage it will begin with, which
    is the first one unless they were put into another.
    """

    version: JourneyVersion
    stages: list[Stage]
    index: int | None
    begun: bool

    @property
    def stage(self) -> Stage | None:
        return None if self.index is None else self.stages[self.index]


def place(participant: Participant) -> Place | None:
    """Where they are; None for somebody without a journey."""
    if participant.journey_version_id is None:
        return None
    version = db.session.get_one(JourneyVersion, participant.journey_version_id)
    stages = definition.read(version.stages)
    keys = [stage.key for stage in stages]
    if awaits_their_words(participant) and participant.next_stage in keys:
        return Place(version, stages, keys.index(participant.next_stage), False)
    begun = participant.stage is not None or _has_begun(participant, version)
    if not begun:
        return Place(version, stages, 0, begun)
    # A draft that is being tried may lose the stage somebody is in.
    index = keys.index(participant.stage) if participant.stage in keys else None
    return Place(version, stages, index, begun)


def awaits_their_words(participant: Participant) -> bool:
    """Whether their next stage begins once they have written and are answered, and not by a time:
    so it is of who was put into one and could not be told."""
    coming = participant.stage is None and participant.next_stage is not None
    return coming and participant.next_stage_at is None


def begin_first(participant: Participant) -> None:
    """Their journey begins, with the own words of its first stage, or of the one they were put
    into; but where they were put into one meanwhile that asks, and they have not said yes."""
    here = place(participant)
    if here is None or here.index is None or here.begun:
        return
    if not consent.is_missing(participant, here.version):
        _begin(participant, here, here.index)


def begin(participant: Participant, here: Place, index: int) -> None:
    """The stage at `index` begins at this moment, by our own doing; who has not been told yet what
    becomes of their data is told it first."""
    told = fixed_texts.notice(participant) if here.stages[index].opening else ""
    _begin(participant, here, index, told)


def advance(participant: Participant, *, seems_complete: bool) -> None:
    """Complete the stage they are in, if all that it requires is there, and go on.

    The last stage of a journey that asks for nothing goes on for good.
    """
    here = place(participant) if seems_complete else None
    if here is None or here.stage is None or not here.begun:
        return
    stage = here.stage
    is_endless = stage.key == _endless(here.stages)
    if is_endless or not stage.required <= known_answers(participant.id, stage.key):
        return
    visit = _last_visit(participant)
    if visit is not None:
        visit.completed_at = participant.now()
    participant.stage = None
    measure(participant)
    _go_on(participant, here, here.stages.index(stage) + 1)
    live.conversation_changed(participant.id)


def await_next(participant: Participant, here: Place, index: int) -> None:
    """From the stage at `index` on the first one with a time that lies ahead will begin then."""
    due = definition.next_due(participant, here.version, here.stages, index)
    participant.next_stage, participant.next_stage_at = due or (None, None)


def known_answers(participant_id: int, stage: str) -> set[str]:
    """The names of what they have said in answer to that stage."""
    given = answered(participant_id)
    return {name for where, name in given if where == stage}


def measure(participant: Participant) -> None:
    """Their progress in percent: required answers of the journey, or stages passed.

    A last stage that collects nothing never ends, and is passed when it has begun.
    """
    here = place(participant)
    if here is None:
        return
    wanted = {(stage.key, name) for stage in here.stages for name in stage.required}
    if wanted:
        have = answered(participant.id) & wanted
        participant.progress = 100 * len(have) // len(wanted)
    else:
        passed = select(func.count(StageVisit.stage.distinct())).where(
            StageVisit.participant_id == participant.id,
            StageVisit.version_id == here.version.id,
            StageVisit.superseded_at.is_(None),
            or_(StageVisit.completed_at.is_not(None), StageVisit.stage == _endless(here.stages)),
        )
        participant.progress = 100 * (db.session.scalar(passed) or 0) // len(here.stages)


def _begin(participant: Participant, here: Place, index: int, told: str = "") -> None:
    """`told` stands before the words that open it."""
    stage = here.stages[index]
    db.session.add(
        StageVisit(
            participant_id=participant.id,
            version_id=here.version.id,
            stage=stage.key,
            begun_at=participant.now(),
        )
    )
    db.session.flush()
    participant.stage = stage.key
    outbox.overtake(participant.id)
    if stage.opening:
        outbox.put(participant, told + stage.opening, Author.SYSTEM, opens=stage.key)
    measure(participant)
    # One that comes at a date comes then, whether or not all has been said before.
    await_next(participant, here, index + 1)
    live.conversation_changed(participant.id)


def _go_on(participant: Participant, here: Place, index: int) -> None:
    """The stage at `index` begins now, if it follows at once or its time has come; else what is
    due next waits for its time."""
    if index < len(here.stages) and _may_begin(participant, here, here.stages[index]):
        _begin(participant, here, index)
    else:
        await_next(participant, here, index)


def _endless(stages: Sequence[Stage]) -> str:
    """The key of the last stage, if it collects nothing: there the conversation stays."""
    return "" if stages[-1].answers else stages[-1].key


def _may_begin(participant: Participant, here: Place, stage: Stage) -> bool:
    if not stage.begins.is_timed:
        return True
    at = definition.time_of(participant, here.version, here.stages, stage)
    return at is not None and at <= participant.now()


def _has_begun(participant: Participant, version: JourneyVersion) -> bool:
    """Whether they were in a stage of the journey, be it in another version and gone from this."""
    visit = (
        select(StageVisit.id)
        .join(JourneyVersion, JourneyVersion.id == StageVisit.version_id)
        .where(
            StageVisit.participant_id == participant.id,
            JourneyVersion.journey_id == version.journey_id,
            StageVisit.superseded_at.is_(None),
        )
    )
    return db.session.scalar(visit.limit(1)) is not None


def _last_visit(participant: Participant) -> StageVisit | None:
    return db.session.scalar(
        select(StageVisit)
        .where(
            StageVisit.participant_id == participant.id,
            StageVisit.version_id == participant.journey_version_id,
        )
        .order_by(StageVisit.id.desc())
        .limit(1)
    )
