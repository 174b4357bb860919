"""What became of each message, judged by the database and by what Twilio's double has taken."""

import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from tests.doubles.messages import Sent
from tests.path.load import answer_seconds, spread
from tests.path.whole import Whole
from tests.settlement import lost, out_of_order, twice
from wa_assistant.models import Direction, Message, Participant, Reconciliation, Settlement

from .killer import Kill
from .people import MARK, Post

_reply = aliased(Message)


@dataclass(frozen=True)
class Verdict:
    written: int
    accepted: int
    refused: list[str]
    found_later: int  # by the reconciler
    answered: int
    to_a_person: int
    dead_letters: int
    lost: list[str]
    doubled: list[str]
    out_of_order: list[str]
    answers: int
    answer_seconds: list[float]
    kill_seconds: list[float]
    struck_seconds: list[float]
    kills: Counter[str]

    @property
    def findings(self) -> list[str]:
        return [*self.refused, *self.lost, *self.doubled, *self.out_of_order]

    @property
    def good(self) -> bool:
        return self.accepted == self.written and not self.findings

    def table(self) -> str:
        rows: list[tuple[str, object]] = [
            ("messages written", self.written),
            ("accepted (200)", self.accepted),
            ("refused", len(self.refused)),
            ("found by the reconciler", self.found_later),
            ("answered", self.answered),
            ("to a person", self.to_a_person),
            ("dead letters", self.dead_letters),
            ("lost", len(self.lost)),
            ("doubled", len(self.doubled)),
            ("out of order", len(self.out_of_order)),
            ("answers at Twilio", self.answers),
            ("webhook to Twilio p50 / p95 / p99", spread(self.answer_seconds)),
            ("kill to anybody's next answer", to_the_longest(self.kill_seconds)),
            ("kill to the answer it struck", to_the_longest(self.struck_seconds)),
            ("kills", self.kills.total()),
            *((f"  {kind}", count) for kind, count in sorted(self.kills.items())),
        ]
        return "\n".join(f"{name:<38}{value!s:>26}" for name, value in rows)


def judge(stack: Whole, post: Post, kills: list[Kill]) -> Verdict:
    """To be asked when all has come to rest."""
    sent = list(stack.twilio.messages)
    with stack.database.connect() as connection:
        settled = _settled(connection)
        undelivered = _undelivered(connection)
        return Verdict(
            written=post.written,
            accepted=len(post.accepted),
            refused=post.refused,
            found_later=connection.scalar(select(func.sum(Reconciliation.found))) or 0,
            answered=settled[Settlement.ANSWERED] - undelivered,
            to_a_person=settled[Settlement.WITH_A_PERSON] + undelivered,
            dead_letters=settled[Settlement.DEAD_LETTER],
            lost=[
                *lost(connection),
                *never_stored(connection, post),
                *nobody_called(connection),
                *not_heard(connection),
            ],
            doubled=[*twice(connection, sent), *answered_twice(sent)],
            out_of_order=out_of_order(connection, sent),
            answers=len(sent),
            answer_seconds=answer_seconds(stack, post.accepted),
            kill_seconds=_until_next(kills, sent),
            struck_seconds=_until_struck(kills, sent),
            kills=Counter(kill.kind for kill in kills),
        )


def never_stored(connection: Connection, post: Post) -> list[str]:
    """What was accepted with 200 and is nowhere."""
    stored = set(connection.scalars(select(Message.provider_sid)))
    return [f"message {sid} was accepted and not stored" for sid in set(post.accepted) - stored]


def nobody_called(connection: Connection) -> list[str]:
    """What is not answered must stand before a person."""
    unanswered = (
        select(Message.id)
        .join(Participant, Participant.id == Message.participant_id)
        .outerjoin(_reply, _reply.id == Message.answered_by_id)
        .where(
            Message.direction == Direction.INBOUND,
            Participant.attention_at.is_(None),
            (Message.settlement != Settlement.ANSWERED) | _reply.provider_sid.is_(None),
        )
    )
    return [
        f"message {row} is unanswered, and nobody was called"
        for row in connection.scalars(unanswered)
    ]


def not_heard(connection: Connection) -> list[str]:
    """Settled by an answer of the model's that does not speak of it: it cites what it answers."""
    pairs = connection.execute(
        select(Message.body, _reply.body)
        .join(_reply, _reply.id == Message.answered_by_id)
        .where(_reply.ai_call_id.is_not(None))
    )
    return [
        f"message {mark[0]} is settled by an answer to something else"
        for asked, answer in pairs
        if (mark := MARK.search(asked)) and mark[0] not in answer
    ]


def answered_twice(sent: Iterable[Sent]) -> list[str]:
    """Two messages at Twilio that answer the same one: each cites the marks of what it answers."""
    marks = Counter(mark for each in sent for mark in set(MARK.findall(each.body)))
    return [
        f"message <{person}.{number}> was answered {count} times"
        for (person, number), count in marks.items()
        if count > 1
    ]


def _settled(connection: Connection) -> Counter[str]:
    found = connection.execute(
        select(Message.settlement, func.count())
        .where(Message.direction == Direction.INBOUND)
        .group_by(Message.settlement)
    )
    return Counter({name: count for name, count in found if name})


def _undelivered(connection: Connection) -> int:
    """Answered by what Twilio would not take, or where it is not known: a person was called."""
    return (
        connection.scalar(
            select(func.count(Message.id))
            .join(_reply, _reply.id == Message.answered_by_id)
            .where(_reply.provider_sid.is_(None))
        )
        or 0
    )


def _until_next(kills: Iterable[Kill], sent: Iterable[Sent]) -> list[float]:
    """From each kill to the next message Twilio took, whosever it was."""
    moments = sorted(each.at for each in sent)
    return [
        (moments[place] - kill.at).total_seconds()
        for kill in kills
        if (place := bisect.bisect(moments, kill.at)) < len(moments)
    ]


def _until_struck(kills: Iterable[Kill], sent: list[Sent]) -> list[float]:
    """From each kill to the answer that was just being asked for."""
    return [
        (min(answers) - kill.at).total_seconds()
        for kill in kills
        for address in kill.struck
        if (answers := _answers(sent, address, kill.at))
    ]


def _answers(sent: list[Sent], address: str, since: datetime) -> list[datetime]:
    return [each.at for each in sent if each.to == address and each.at > since]


def to_the_longest(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return "-"
    return f"{spread(seconds).rpartition(' / ')[0]} / {max(seconds):.2f} s"
