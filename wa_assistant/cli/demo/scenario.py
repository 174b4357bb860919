"""What `make demo` begins with: the people of scenario.toml and all that they and the team said.

Nobody is drawn, so that it is the same each time, told from the moment it is put. These stand among
the real ones, as otherwise no list and no figure would hold them; but their addresses are the
simulator's, so that nothing is ever sent to anybody.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ...conversation import notes, tags
from ...database import db, transaction
from ...journey import starters
from ...models import (
    UNTIL_RESUMED,
    Attention,
    Author,
    Consent,
    ConsentEvent,
    Direction,
    Message,
    Participant,
    Settlement,
    Status,
    User,
)
from ...models.participant import ConversationStatus
from ...operations import first_day
from ...outreach import quick_replies
from . import kept, standing
from .fill import TEAM, colleague, version

FILE = Path(__file__).with_name("scenario.toml")
PACE = timedelta(minutes=2)  # from one message to the next
INITIALS = {name[0].lower(): email for email, name, _ in TEAM}
KINDS = {"voice": "audio", "reaction": "reaction", "place": "location"}
BRAZIL, ABROAD = "+55199000", "+141555501"  # which no telephone has: see scenario.toml
PLACE = {"latitude": "-22.9099", "longitude": "-47.0626"}

Person = Mapping[str, Any]


@cache
def told() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text())


def put(now: datetime, most: int | None = None) -> list[int]:
    """Put the people into an empty database, `most` of them at most, as if it all had happened up
    to `now`; their ids."""
    starters.install()
    with transaction():
        team = {each[0]: db.session.get_one(User, colleague(*each)) for each in TEAM}
        by = {initial: team[email] for initial, email in INITIALS.items()}
        led = version(now)
        people = told()["people"][:most]
        made = [_person(person, place, by, led, now) for place, person in enumerate(people, 1)]
    for person, participant_id in zip(people, made, strict=True):
        _keep(person, participant_id, by)
    for shortcut, body in told()["quick_replies"]:
        quick_replies.add(by["h"], shortcut, body, shared=True)
    first_day.put_away(by["h"])  # this team is no new one, and its figures stand on top
    return made


def _person(
    person: Person, place: int, by: Mapping[str, User], version_id: int, now: datetime
) -> int:
    english = person.get("language") == "en"
    number = f"{ABROAD}{place:02}" if english else f"{BRAZIL}{place:05}"
    last = now - timedelta(minutes=person["minutes"])
    participant = Participant(
        address=f"simulated:{number}",
        phone=number,
        name=person["name"],
        language=person.get("language"),
        created_at=last - PACE * len(person["said"]),
        last_activity_at=last,
        consent=Consent.GIVEN if "stage" in person else Consent.NOTIFIED,
        let_in_at=last - PACE * len(person["said"]),
    )
    db.session.add(participant)
    db.session.flush()
    event = ConsentEvent(participant_id=participant.id, kind=participant.consent)
    event.created_at = participant.created_at
    db.session.add(event)
    messages = _talk(person, participant, by, last)
    _stands(person, participant, by, messages)
    if "snoozed" in person:
        hours = person["snoozed"]
        participant.status = ConversationStatus.SNOOZED
        participant.snoozed_until = now + timedelta(hours=hours) if hours else None
    if "stage" in person:
        standing.put(participant, version_id, person["stage"], person["answers"], messages)
    return participant.id


def _talk(
    person: Person, participant: Participant, by: Mapping[str, User], last: datetime
) -> list[Message]:
    messages: list[Message] = []
    said = person["said"]
    for place, line in enumerate(said):
        who, _, words = line.partition(" ")
        at = last - PACE * (len(said) - 1 - place)
        message = Message(participant_id=participant.id, body=words, created_at=at)
        message.provider_sid = (
            f"SIM{sha256(f'{participant.phone} {place}'.encode()).hexdigest()[:32]}"
        )
        if who == "p":
            _heard(message, words, messages)
        else:
            message.direction, message.status = Direction.OUTBOUND, Status.READ
            message.author = Author.ASSISTANT if who == "a" else Author.USER
            message.user_id = by[who].id if who in by else None
        db.session.add(message)
        db.session.flush()
        if message.kind == "audio":
            kept.voice(message)
        messages.append(message)
        _settle(messages)
    return messages


def _heard(message: Message, words: str, before: list[Message]) -> None:
    message.direction, message.author = Direction.INBOUND, Author.PARTICIPANT
    message.status, message.settled_at = Status.RECEIVED, message.created_at
    message.settlement = Settlement.WITH_A_PERSON
    kind, _, rest = words.partition(" ")
    if kind not in KINDS:
        return
    message.kind, message.body = KINDS[kind], rest
    if message.kind == "reaction":
        message.settlement = Settlement.NOTHING_ASKED
        message.quoted_sid = before[-1].provider_sid
    elif message.kind == "location":
        message.body, message.media = "", [PLACE | {"label": rest}]


def _settle(messages: list[Message]) -> None:
    """What the assistant has said answers all that had no answer yet."""
    answer = messages[-1]
    if answer.author != Author.ASSISTANT:
        return
    for each in messages:
        if each.settlement == Settlement.WITH_A_PERSON and each.answered_by_id is None:
            each.settlement, each.answered_by_id = Settlement.ANSWERED, answer.id


def _stands(
    person: Person, participant: Participant, by: Mapping[str, User], messages: list[Message]
) -> None:
    """Who holds it, who is called to it and why, and whose turn it is."""
    heard = [each for each in messages if each.direction == Direction.INBOUND]
    participant.last_inbound_at = heard[-1].created_at
    participant.unread = person.get("unread", 0)
    if holder := person.get("holder"):
        participant.taken_over_by_id = by[holder].id
    if assignee := person.get("assigned"):
        participant.assigned_to_id = by[assignee].id
    waits = [each for each in heard if each.settlement == Settlement.WITH_A_PERSON]
    spoke = [each for each in messages if each.direction == Direction.OUTBOUND]
    waits = [each for each in waits if not spoke or each.id > spoke[-1].id]
    participant.waiting_since = waits[0].created_at if waits else None
    if reason := person.get("attention"):
        participant.attention = Attention(reason)
        participant.attention_at = participant.called_at = messages[-1].created_at
        if participant.attention == Attention.ASKED_FOR_A_PERSON:
            participant.asked_for_person_at = participant.attention_at
            participant.paused_until = UNTIL_RESUMED
    elif messages[-1].author == Author.ASSISTANT:
        participant.answered_at = messages[-1].created_at


def _keep(person: Person, participant_id: int, by: Mapping[str, User]) -> None:
    """What the team keeps of them."""
    for name in person.get("tags", ()):
        tags.add(by["h"], participant_id, name)
    if note := person.get("note"):
        who, _, words = note.partition(" ")
        notes.write(participant_id, by[who], words, f"demo-{participant_id}")
