"""The design's queries for "lost", "twice" and "out of order". Each gives a list of findings.

They read a session, or any connection, after the queues have run empty; `sent` is what Twilio's
double accepted, in its order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.orm import Session, aliased, scoped_session

from wa_assistant.models import (
    Author,
    Direction,
    Kind,
    Message,
    Participant,
    Refusal,
    Settlement,
    State,
    Status,
    Webhook,
)

from .doubles.messages import Sent

Reader = Session | scoped_session[Any] | Connection

UNSENT = (Status.WAITING, Status.CLAIMED, Status.UNCERTAIN)
NOWHERE = (Status.CANCELLED, Status.FAILED, Status.UNDELIVERED)
DONE = (State.PROCESSED, State.DISMISSED)

_reply = aliased(Message)

LOST = {
    "webhook {} was not processed": select(Webhook.id).where(
        Webhook.kind == Kind.INBOUND, Webhook.state.not_in(DONE)
    ),
    "webhook {} became no message": select(Webhook.id)
    .outerjoin(Message, Message.provider_sid == Webhook.provider_sid)
    .where(Webhook.kind == Kind.INBOUND, Webhook.state != State.DISMISSED, Message.id.is_(None)),
    "inbound message {} is not settled": select(Message.id).where(
        Message.direction == Direction.INBOUND,
        Message.settled_at.is_(None) | Message.settlement.is_(None),
    ),
    "inbound message {} is settled as answered, by nothing that was said": select(Message.id)
    .outerjoin(_reply, _reply.id == Message.answered_by_id)
    .where(
        Message.direction == Direction.INBOUND,
        Message.settlement == Settlement.ANSWERED,
        _reply.id.is_(None)
        | (_reply.direction != Direction.OUTBOUND)
        | (_reply.participant_id != Message.participant_id),
    ),
    "inbound message {} is settled by an answer that went nowhere, and nobody was called": select(
        Message.id
    )
    .join(_reply, _reply.id == Message.answered_by_id)
    .join(Participant, Participant.id == Message.participant_id)
    .where(_reply.status.in_(NOWHERE), Participant.attention_at.is_(None)),
    "outbound message {} was never sent": select(Message.id).where(
        Message.direction == Direction.OUTBOUND, Message.status.in_(UNSENT)
    ),
}

TWICE = {
    "message {} is stored twice": select(Message.provider_sid)
    .where(Message.provider_sid.is_not(None))
    .group_by(Message.provider_sid)
    .having(func.count() > 1),
    "webhook of message {} is kept twice": select(Webhook.provider_sid)
    .where(Webhook.kind == Kind.INBOUND)
    .group_by(Webhook.provider_sid)
    .having(func.count() > 1),
    # An inbound row names one answer; a second one shows as an answer to nothing. A text in parts
    # is one answer, and its first part stands for it. What was cancelled is nobody's answer: it
    # is the draft of whoever took over, or of who has stopped.
    "outbound message {} answers nothing": select(Message.id)
    .outerjoin(_reply, _reply.answered_by_id == Message.id)
    .where(
        Message.direction == Direction.OUTBOUND,
        Message.author == Author.ASSISTANT,
        Message.part_of_id.is_(None),
        Message.status != Status.CANCELLED,
        _reply.id.is_(None),
    ),
}


def lost(reader: Reader) -> list[str]:
    """Whatever came in and is not settled, or should have gone out and has not."""
    return _findings(reader, LOST)


def twice(reader: Reader, sent: Iterable[Sent]) -> list[str]:
    """Whatever was stored, answered or sent more than once."""
    ours = select(Message.provider_sid).where(Message.direction == Direction.OUTBOUND)
    sids = {sid for (sid,) in reader.execute(ours)}
    refused = {sid for (sid,) in reader.execute(select(Refusal.provider_sid))}
    sent = list(sent)
    found = _findings(reader, TWICE)
    for sid, count in Counter(each.sid for each in sent).items():
        if count > 1:
            found.append(f"Twilio accepted {sid} {count} times")
        if sid not in sids | refused:
            found.append(f"Twilio accepted {sid}, which no outbound message stands for")
    for each in sent:
        if each.sid in refused and each.status not in ("failed", "undelivered"):
            found.append(f"Twilio accepted {each.sid}, which was sent again and had not failed")
    return found


def out_of_order(reader: Reader, sent: Iterable[Sent]) -> list[str]:
    """Whatever a participant read in another order than it was said, or answered."""
    return [*_sent_out_of_order(reader, sent), *_answered_out_of_order(reader)]


def _findings(reader: Reader, queries: dict[str, Select[Any]]) -> list[str]:
    return [
        sentence.format(value)
        for sentence, query in queries.items()
        for (value,) in reader.execute(query)
    ]


def _sent_out_of_order(reader: Reader, sent: Iterable[Sent]) -> list[str]:
    outbound = reader.execute(
        select(Message.provider_sid, Message.id, Participant.address)
        .join(Participant, Participant.id == Message.participant_id)
        .where(Message.direction == Direction.OUTBOUND, Message.provider_sid.is_not(None))
    )
    places = {sid: (message_id, address) for sid, message_id, address in outbound}
    by_address: dict[str, list[int]] = defaultdict(list)
    found = []
    for each in sent:
        message_id, address = places.get(each.sid, (0, ""))
        if address and address != each.to:
            found.append(f"message {message_id} for {address} went to {each.to}")
        if address:
            by_address[address].append(message_id)
    for address, ids in by_address.items():
        found += [f"{address} got message {b} after {a}" for a, b in _descents(ids)]
    return found


def _answered_out_of_order(reader: Reader) -> list[str]:
    answered: Any = reader.execute(
        select(Message.participant_id, Message.id, Message.answered_by_id)
        .where(Message.direction == Direction.INBOUND, Message.answered_by_id.is_not(None))
        .order_by(Message.id)
    )
    answers: dict[int, list[int]] = defaultdict(list)
    found = []
    for participant_id, message_id, answer_id in answered:
        answers[participant_id].append(answer_id)
        if answer_id < message_id:
            found.append(f"message {message_id} is answered by {answer_id}, which was said before")
    for participant_id, ids in answers.items():
        found += [
            f"participant {participant_id} was answered by {b} after {a}" for a, b in _descents(ids)
        ]
    return found


def _descents(ids: Sequence[int]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in pairwise(ids) if b < a]
