"""The rows that the invented people's conversations are, as the product itself leaves them.

Every inbound row is settled, by an answer that was said after it or with a person; nothing waits to
be sent; and where an answer did not arrive, a person is called.
"""

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

from ...models import (
    UNTIL_RESUMED,
    Attention,
    Author,
    Direction,
    Outcome,
    Settlement,
    Status,
)
from ...money import prices
from ...work.claimable import DONE
from . import words
from .interview import Interview
from .plan import BY_A_PERSON, Exchange, Open, Person

Row = dict[str, Any]
CALLED = {
    Open.ASKED_FOR_A_PERSON: Attention.ASKED_FOR_A_PERSON,
    Open.NOT_DELIVERED: Attention.NOT_DELIVERED,
    Open.PARKED: Attention.PARKED,
}
REACHED = (Status.READ, Status.READ, Status.READ, Status.DELIVERED)
NOT_DELIVERED = {"status": Status.UNDELIVERED, "error_code": 63024}
REACTS = 0.1  # of those who write more than once, before they do
REACTION = {
    "kind": "reaction",
    "body": "👍",
    "settlement": Settlement.NOTHING_ASKED,
    "answered_by_id": None,
}
MODEL = "gpt-6-luna"
PROMPT = "4f1c9a2e"


class Desk(NamedTuple):
    """The version and the stage of those whom the support desk answers."""

    version_id: int
    stage: str


class Rows:
    """Makes rows of exchanges, in their order; the ids of messages and calls count on from those
    given."""

    def __init__(
        self,
        rng: random.Random,
        team: Sequence[int],
        interview: Interview,
        desk: Desk | None,
        message_id: int,
        call_id: int,
    ) -> None:
        self._rng = rng
        self._team = team
        self._interview = interview
        self._desk = desk
        self._message_id = message_id
        self._call_id = call_id

    def participant(self, person: Person) -> Row:
        first, last = person.exchanges[0], person.exchanges[-1]
        heard = last.said_at(last.count - 1)
        called = heard if person.open in CALLED else None
        asked = called if person.open == Open.ASKED_FOR_A_PERSON else None
        taken_over = person.open in (Open.TAKEN_OVER, Open.PARKED)
        standing = self._interview.standing(person) if person.interviewed else {}
        return {
            **DONE,
            "id": person.id,
            "address": person.address,
            "phone": person.number,
            "match_key": person.match_key,
            "name": person.name,
            "name_folded": person.name_folded,
            "simulated": True,
            "created_at": first.at,
            "last_activity_at": last.said_at(last.count),
            "last_inbound_at": heard,
            "attention": CALLED.get(person.open),
            "attention_at": called,
            "called_at": called,
            "asked_for_person_at": asked,
            "paused_until": UNTIL_RESUMED if asked else None,
            "taken_over_by_id": self._colleague(person) if taken_over else None,
            "unread": last.count if called or person.open == Open.UNREAD else 0,
            "journey_version_id": self._desk and self._desk.version_id,
            "stage": self._desk and self._desk.stage,
            "progress": 0,
            "consent": "notified",
            "stopped_at": heard if person.stopped else None,
            **standing,
        }

    def visits(self, person: Person) -> list[Row]:
        """The stages they have been in."""
        if person.interviewed:
            return self._interview.visits(person)
        if self._desk is None:
            return []
        began = {"begun_at": person.exchanges[0].at, "completed_at": None}
        return [{"participant_id": person.id, **self._desk._asdict(), **began}]

    def messages(self, exchange: Exchange) -> tuple[list[Row], Row, Row | None]:
        """What they wrote, what was said to that, and the call to the model it took, if any."""
        first = self._message_id
        self._message_id += exchange.size
        answer_id = first + exchange.count
        asked, said, how = self._said(exchange)
        call = self._call(exchange) if how["author"] == Author.ASSISTANT else None
        answer = {
            **self._row(exchange, answer_id, exchange.count, Direction.OUTBOUND, said),
            **how,
            "ai_call_id": call and call["id"],
        }
        settled = self._settlement(exchange, answer)
        inbound = [
            {
                **self._row(exchange, first + place, place, Direction.INBOUND, body),
                "author": Author.PARTICIPANT,
                "status": Status.RECEIVED,
                **settled,
            }
            for place, body in enumerate(asked)
        ]
        if exchange.count > 1 and self._rng.random() < REACTS:
            inbound[0] |= REACTION | {"settled_at": inbound[0]["created_at"]}
        return inbound, answer, call

    def _said(self, exchange: Exchange) -> tuple[list[str], str, Row]:
        """The words of both sides; and who said theirs, and how far it came."""
        rng, person = self._rng, exchange.person
        reached = {"status": rng.choice(REACHED), "error_code": None, "user_id": None}
        by_us = {"author": Author.ASSISTANT, **reached}
        question, answer = rng.choice(words.TALK)
        if exchange.is_last and person.stopped:
            system = by_us | {"author": Author.SYSTEM}
            return self._burst(exchange, words.STOP), words.STOPPED, system
        if exchange.is_last and person.open == Open.ASKED_FOR_A_PERSON:
            return self._burst(exchange, words.A_PERSON_PLEASE), words.A_PERSON_COMES, by_us
        if exchange.is_last and person.open == Open.NOT_DELIVERED:
            return self._burst(exchange, question), answer, by_us | NOT_DELIVERED
        if exchange.is_last and person.open in (Open.TAKEN_OVER, Open.PARKED):
            parked = {"status": Status.PARKED} if person.open == Open.PARKED else {}
            by_user = by_us | {"author": Author.USER, "user_id": self._colleague(person)} | parked
            return self._burst(exchange, question), rng.choice(words.BY_A_PERSON), by_user
        if person.interviewed and (told := self._interview.told(exchange)):
            return self._burst(exchange, told.asked), told.said, by_us
        if rng.random() < BY_A_PERSON:
            by_user = by_us | {"author": Author.USER, "user_id": rng.choice(self._team)}
            return self._burst(exchange, question), rng.choice(words.BY_A_PERSON), by_user
        return self._burst(exchange, question), answer, by_us

    def _burst(self, exchange: Exchange, words_: str) -> list[str]:
        """As many messages as they wrote, of which `words_` say what they want."""
        before = [self._rng.choice(words.GREETINGS)] if exchange.count > 1 else []
        after = exchange.count - len(before) - 1
        return [*before, words_, *(self._rng.choice(words.AFTERTHOUGHTS) for _ in range(after))]

    def _settlement(self, exchange: Exchange, answer: Row) -> Row:
        kinds = {Author.USER: Settlement.WITH_A_PERSON, Author.SYSTEM: Settlement.STOPPED}
        kind = kinds.get(answer["author"], Settlement.ANSWERED)
        return {
            "settlement": kind,
            "settled_at": answer["created_at"],
            "answered_by_id": answer["id"] if kind == Settlement.ANSWERED else None,
        }

    def _row(
        self, exchange: Exchange, id_: int, place: int, direction: Direction, body: str
    ) -> Row:
        return {
            **DONE,
            "id": id_,
            "participant_id": exchange.person.id,
            "direction": direction,
            "body": body,
            "provider_sid": f"SIM{self._rng.getrandbits(128):032x}",
            "created_at": exchange.said_at(place),
        }

    def _call(self, exchange: Exchange) -> Row:
        rng = self._rng
        self._call_id += 1
        asked, told = rng.randrange(700, 1600), rng.randrange(20, 120)
        began = exchange.said_at(exchange.count)
        desk = None if exchange.person.interviewed else self._desk
        return {
            "id": self._call_id - 1,
            "participant_id": exchange.person.id,
            "created_at": began,
            "day": prices.day_of(began),
            "journey_version_id": desk and desk.version_id,
            "stage": desk and desk.stage,
            "model": MODEL,
            "prompt_version": PROMPT,
            "input_tokens": asked,
            "cached_tokens": 512,
            "output_tokens": told,
            "tokens": asked + told,
            "reserved": (asked - 512 + 5 * told) // 10,
            "latency": rng.randrange(700, 3200),
            "outcome": Outcome.UNDER_WAY,
        }

    def _colleague(self, person: Person) -> int:
        return self._team[person.id % len(self._team)]
