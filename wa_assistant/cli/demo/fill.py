"""Puts the invented people and all that they said into the database: many rows at a time, in
writing units of whole exchanges, so that whoever stops it half way has nothing half said.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, text, update

from ...database import Base, db, transaction
from ...journey import progress, starters
from ...models import (
    AiCall,
    Answer,
    ConsentEvent,
    Journey,
    JourneyVersion,
    Message,
    Outcome,
    Participant,
    Role,
    StageVisit,
    User,
)
from . import interview, plan
from .interview import Interview
from .plan import Exchange
from .rows import Desk, Row, Rows

MONTHS = 9
TOGETHER = 4_000  # people, or exchanges, of one writing unit
TEAM = (
    ("helena@escola.example.com", "Helena Prado", Role.OWNER),
    ("davi@escola.example.com", "Davi Lemos", Role.EDITOR),
    ("yara@escola.example.com", "Yara Siqueira", Role.EDITOR),
)
NUMBERED = (Participant, Message, AiCall)  # whose ids are given here


class Asked(NamedTuple):
    """How much, how drawn, and at which moment the history ends."""

    participants: int
    messages: int
    seed: int
    until: datetime


def fill(asked: Asked, tell: Callable[[int], None] = lambda _: None) -> None:
    """`tell` is told how many of the messages are there."""
    starters.install()
    first = _following_id(Participant)
    # Drawn otherwise each time, so that a second filling makes others.
    rng = random.Random(f"{asked.seed}-{first}")  # noqa: S311
    taken = {phone for phone in db.session.scalars(select(Participant.phone)) if phone}
    everybody = plan.people(rng, asked.participants, first, taken)
    said = plan.exchanges(rng, everybody, asked.messages, asked.until, MONTHS)
    with transaction():
        team = [colleague(*each) for each in TEAM]
        led = Interview(version(asked.until), interview.questions())
        desk = progress.newcomers("pt")
        ids = _following_id(Message), _following_id(AiCall)
        answers = Desk(desk.id, desk.stages[0]["key"]) if desk else None
        rows = Rows(rng, team, led, answers, *ids)
    for people in _parts(everybody):
        with transaction():
            _put(Participant, [rows.participant(each) for each in people])
            _put(ConsentEvent, [row for each in people for row in interview.consent_events(each)])
            _put(StageVisit, [row for each in people for row in rows.visits(each)])
    done = 0
    for exchanges in _parts(said):
        with transaction():
            done += _talk(rows, led, exchanges)
        tell(done)
    _count_on()


def _talk(rows: Rows, led: Interview, exchanges: Sequence[Exchange]) -> int:
    """Put these exchanges; how many messages that were."""
    inbound: list[Row] = []
    outbound: list[Row] = []
    calls: list[Row] = []
    answers: list[Row] = []
    for exchange in exchanges:
        asked, answer, call = rows.messages(exchange)
        inbound += asked
        outbound.append(answer)
        calls += [call] if call else []
        if exchange.person.interviewed:
            answers += led.answers(exchange, asked[-1]["id"])
    _put(AiCall, calls)
    _settle(calls)
    _put(Message, outbound)  # before what they answer, which names them
    _put(Message, inbound)
    _put(Answer, answers)
    return len(inbound) + len(outbound)


def _settle(calls: Sequence[Row]) -> None:
    """Each cost what was reserved for it; the counts follow as they always do."""
    if calls:
        ours = AiCall.id.between(calls[0]["id"], calls[-1]["id"])
        over = {"outcome": Outcome.ANSWERED, "cost": AiCall.reserved}
        db.session.execute(update(AiCall).where(ours).values(over))


def _put(model: type[Base], rows: list[Row]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _parts(all_: Sequence[Any]) -> Iterator[list[Any]]:
    left = iter(all_)
    while part := list(islice(left, TOGETHER)):
        yield part


def colleague(email: str, name: str, role: Role) -> int:
    """The id of that user, who is made where there is none."""
    user = db.session.scalar(select(User).where(User.email == email))
    if user is None:
        user = User(email=email, name=name, role=role)
        db.session.add(user)
        db.session.flush()
    return user.id


def version(until: datetime) -> int:
    """Of the interview, which an earlier filling may have made."""
    journey = db.session.scalar(select(Journey).where(Journey.name == interview.NAME))
    if journey is None:
        journey = Journey(name=interview.NAME)
        db.session.add(journey)
        db.session.flush()
        db.session.add(interview.version(1, journey.id, until))
        db.session.flush()
    found = select(JourneyVersion.id).where(JourneyVersion.journey_id == journey.id)
    return db.session.scalars(found.order_by(JourneyVersion.number.desc()).limit(1)).one()


def _following_id(model: Any) -> int:
    return (db.session.scalar(select(func.max(model.id))) or 0) + 1


def _count_on() -> None:
    """Postgres counts rows on from those whose ids were given, and knows how many there are."""
    if db.engine.dialect.name != "postgresql":
        return
    with transaction():
        for model in NUMBERED:
            table = model.__tablename__
            words = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
            db.session.execute(text(words))
        db.session.execute(text("ANALYZE"))
