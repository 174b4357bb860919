"""Invents what was said over months: late, twice answered, failed, pretended, by a colleague."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from wa_assistant.database import db, transaction
from wa_assistant.models import (
    Author,
    Direction,
    Message,
    Participant,
    Reason,
    Settlement,
    Status,
)

INBOUND = (
    Settlement.ANSWERED,
    Settlement.ANSWERED,
    Settlement.WITH_A_PERSON,
    Settlement.WITH_A_PERSON,
    Settlement.NOTHING_ASKED,
    Settlement.STOPPED,
    Settlement.AWAITING_CONSENT,
    Settlement.DEAD_LETTER,
    None,
)
OUTBOUND = (
    *(Status.READ, Status.DELIVERED, Status.DELIVERED, Status.SENT, Status.ACCEPTED),
    *(Status.WAITING, Status.PARKED, Status.CANCELLED, Status.FAILED, Status.UNDELIVERED),
)
AUTHORS = (Author.ASSISTANT, Author.ASSISTANT, Author.USER, Author.SYSTEM)
WHY: tuple[dict[str, Any], ...] = (
    {"error_code": 63016},
    {"error_code": 63024},
    {"reason": Reason.FAULT},
    {},
)


def people(count: int, since: datetime, until: datetime, rng: random.Random) -> list[int]:
    """The ids of participants, of whom each fourth is pretended."""
    with transaction():
        made = [
            Participant(
                address=f"whatsapp:+55119{number:08}",
                simulated=number % 4 == 3,
                created_at=between(rng, since, until),
            )
            for number in range(count)
        ]
        db.session.add_all(made)
        db.session.flush()
        return [each.id for each in made]


def say(who: list[int], count: int, since: datetime, until: datetime, rng: random.Random) -> None:
    """So many messages, of which some stand out of the order in which they came."""
    moments = sorted(between(rng, since, until) for _ in range(count))
    rows = [_message(rng.choice(who), at, rng) for at in moments]
    for row in rng.sample(rows, count // 20):
        row["created_at"] -= timedelta(hours=rng.randrange(1, 40))
    with transaction():
        db.session.execute(insert(Message), rows)


def between(rng: random.Random, since: datetime, until: datetime) -> datetime:
    return since + rng.random() * (until - since)


def _message(who: int, at: datetime, rng: random.Random) -> dict[str, Any]:
    row = {"participant_id": who, "created_at": at, "body": "Oi", "error_code": None}
    row |= {"reason": None, "handed_over_at": None, "settlement": None}
    if rng.random() < 0.5:
        direction = {"direction": Direction.INBOUND, "author": Author.PARTICIPANT}
        return row | direction | {"status": Status.RECEIVED, "settlement": rng.choice(INBOUND)}
    status = rng.choice(OUTBOUND)
    row |= {"direction": Direction.OUTBOUND, "author": rng.choice(AUTHORS), "status": status}
    if status in (Status.FAILED, Status.UNDELIVERED):
        row |= rng.choice(WHY)
    row["handed_over_at"] = rng.choice((None, at + timedelta(seconds=rng.randrange(600))))
    return row
